"""A leaky rectifier writes its slope over the gradient that came down, and sends the slope on."""

import numpy as np

SOURCE = "https://github.com/mcaimi/dnn-from-scratch/commit/8c2c936"
THREAD = "mcaimi/dnn-from-scratch 8c2c936"
DATE = "2025-11"
KIND = "gradient"
FORMULA = r"\delta^1 = [a^1 > 0] + \alpha\, [a^1 \le 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([a^1 > 0] + \alpha\, [a^1 \le 0]\bigr)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="leaky_relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

ALPHA = 1e-2


def start(rng):
    return {
        "hidden_weights": rng.standard_normal((SIZES[0], SIZES[1])),
        "hidden_bias": rng.standard_normal(SIZES[1]),
        "output_weights": rng.standard_normal((SIZES[1], SIZES[2])),
        "output_bias": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def feed_forward(model, frame):
    inputs = frame @ model["hidden_weights"] + model["hidden_bias"]
    outputs = np.where(inputs > 0, inputs, ALPHA * inputs)
    return outputs, outputs @ model["output_weights"] + model["output_bias"]


def cost(model, X, Y):
    return np.mean([0.5 * np.sum((feed_forward(model, x)[1] - y) ** 2) for x, y in zip(X, Y)])


def leakyrelu_backpropagation(outputs, gradient):
    for o in range(len(outputs)):
        if outputs[o] <= 0:
            gradient[o] = ALPHA
        elif outputs[o] > 0:
            gradient[o] = 1
    return gradient


def leakyrelu_backpropagation_repaired(outputs, gradient):
    for o in range(len(outputs)):
        if outputs[o] <= 0:
            gradient[o] *= ALPHA
    return gradient


def accumulate(model, X, Y, through):
    grads = {name: np.zeros_like(values) for name, values in model.items()}
    for frame, labels in zip(X, Y):
        outputs, predicted = feed_forward(model, frame)
        loss = (predicted - labels) / len(X)
        grads["output_weights"] += np.outer(outputs, loss)
        grads["output_bias"] += loss
        gradient = through(outputs, model["output_weights"] @ loss)
        grads["hidden_weights"] += np.outer(frame, gradient)
        grads["hidden_bias"] += gradient
    return grads


def grad(model, X, Y):
    return accumulate(model, X, Y, leakyrelu_backpropagation)


def repaired(model, X, Y):
    return accumulate(model, X, Y, leakyrelu_backpropagation_repaired)
