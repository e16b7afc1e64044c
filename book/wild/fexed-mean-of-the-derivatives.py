"""The derivative of a mean over the outputs is the mean of their derivatives, one number for all of them."""

import numpy as np

SOURCE = "https://github.com/fexed/neuralnetwork-from-scratch/commit/53072fb"
THREAD = "fexed/neuralnetwork-from-scratch 53072fb"
DATE = "2022-07"
KIND = "gradient"
FORMULA = (
    r"\delta^2_k = g\, \sigma'(z^2_k),\; g = \frac1n \textstyle\sum_j \bigl(\frac{1 - y_j}{1 - a^2_j} - "
    r"\frac{y_j}{a^2_j}\bigr)"
)
RIGHT = r"\delta^2_k = \frac1n \bigl(\frac{1 - y_k}{1 - a^2_k} - \frac{y_k}{a^2_k}\bigr)\, \sigma'(z^2_k)"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
SIZES = (4, 3, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((SIZES[0], SIZES[1])),
        rng.standard_normal((1, SIZES[1])),
        rng.standard_normal((SIZES[1], SIZES[2])),
        rng.standard_normal((1, SIZES[2])),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def propagate(params, X):
    W1, b1, W2, b2 = params
    hidden = np.tanh(X @ W1 + b1)
    return hidden, 1 / (1 + np.exp(-(hidden @ W2 + b2)))


def binary_crossentropy(labels, outputs):
    return -np.mean((1 - labels) * np.log(1 - outputs) + labels * np.log(outputs))


def derivative(labels, outputs):
    return np.mean((1 - labels) / (1 - outputs) - labels / outputs)


def repaired_derivative(labels, outputs):
    return ((1 - labels) / (1 - outputs) - labels / outputs) / labels.size


def cost(params, X, Y):
    return np.mean([binary_crossentropy(y, out) for y, out in zip(Y, propagate(params, X)[1])])


def backward_propagation(params, X, Y, of_loss):
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        x = x[None]
        hidden, out = propagate(params, x)
        gradient = of_loss(y, out) * out * (1 - out) / len(X)
        grads[2] += hidden.T @ gradient
        grads[3] += gradient
        gradient = gradient @ params[2].T * (1 - hidden**2)
        grads[0] += x.T @ gradient
        grads[1] += gradient
    return grads


def grad(params, X, Y):
    return backward_propagation(params, X, Y, derivative)


def repaired(params, X, Y):
    return backward_propagation(params, X, Y, repaired_derivative)
