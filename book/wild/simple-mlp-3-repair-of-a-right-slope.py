"""A merged repair gives a network of one layer the sigmoid's slope of z, and it is still called with the prediction."""

import numpy as np

SOURCE = "https://github.com/farzaa/SimpleMultilayerPerceptron/pull/3"
THREAD = "farzaa/SimpleMultilayerPerceptron PR #3"
DATE = "2018-01"
KIND = "gradient"
FORMULA = r"\delta^1 = (a^1 - y) \odot \sigma'(a^1)"
RIGHT = r"\delta^1 = (a^1 - y) \odot \sigma'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a-throughout"}, {"slope-of-a"}]
NET = dict(sizes=(3, 1), output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return rng.standard_normal((3, 1))


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def cost(W, X, Y):
    """The program has no mean."""
    return 0.5 * np.sum((Y - sigmoid(X @ W)) ** 2)


def backward(W, X, Y, right):
    p = sigmoid(X @ W)
    s = p if right else sigmoid(p)
    return -X.T @ ((Y - p) * s * (1 - s))


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
