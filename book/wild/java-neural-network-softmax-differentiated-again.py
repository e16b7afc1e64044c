"""A repair multiplies the difference of output and label by the slopes of the softmax, which it has in it."""

import numpy as np

SOURCE = "https://github.com/edvn0/JavaNeuralNetwork/commit/6becabd"
THREAD = "edvn0/JavaNeuralNetwork 6becabd"
DATE = "2019-12"
KIND = "gradient"
FORMULA = r"\delta^2 = J^\top (a^2 - y),\; J = \partial a^2 / \partial z^2"
RIGHT = r"\delta^2 = a^2 - y"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"output-slope-twice"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Samples are columns."""
    return [[rng.standard_normal((k, n)), rng.standard_normal((k, 1))] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    a1 = 1 / (1 + np.exp(-(W1 @ X.T + b1)))
    e = np.exp(W2 @ a1 + b2)
    return a1, e / e.sum(axis=0)


def cost(params, X, Y):
    """With the natural logarithm; the program shows that to the base of two."""
    return -np.sum(Y.T * np.log(forward(params, X)[1])) / len(X)


def derivative_on_input(out, error):
    return out * (error - (out * error).sum(axis=0))


def backward(params, X, Y, right):
    a1, a2 = forward(params, X)
    error = (a2 - Y.T) / len(X)
    d2 = error if right else derivative_on_input(a2, error)
    d1 = params[1][0].T @ d2 * a1 * (1 - a1)
    return [[d1 @ X, d1.sum(1, keepdims=True)], [d2 @ a1.T, d2.sum(1, keepdims=True)]]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
