"""A step moves a bias as though the bias itself were the input that it is multiplied by, and not one."""

import numpy as np

SOURCE = "https://github.com/MatthieuHernandez/StraightforwardNeuralNetwork/pull/49"
THREAD = "MatthieuHernandez/StraightforwardNeuralNetwork PR #49"
DATE = "2023-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \tfrac1m \textstyle\sum_i \delta^l_i \odot b^l"
RIGHT = r"\partial C / \partial b^l = \tfrac1m \textstyle\sum_i \delta^l_i"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [{"weights": rng.standard_normal((k, n)), "bias": rng.standard_normal(k)} for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def forward(params, X):
    outputs = [X]
    for layer in params:
        outputs.append(sigmoid(outputs[-1] @ layer["weights"].T + layer["bias"]))
    return outputs


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    outputs = forward(params, X)
    errors, grads = (outputs[-1] - Y) / len(X), []
    for layer, inputs, output in reversed(list(zip(params, outputs, outputs[1:]))):
        errors = errors * output * (1 - output)
        bias = errors.sum(0) * (1 if right else layer["bias"])
        grads.insert(0, {"weights": errors.T @ inputs, "bias": bias})
        errors = errors @ layer["weights"]
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
