"""The sigmoid's slope is one minus the sigmoid, without the other factor, and taken of the activation."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/45988293"
THREAD = "Stack Overflow 45988293, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^1 = (a^1 - y) \odot \bigl(1 - \sigma(a^1)\bigr)"
RIGHT = r"\delta^1 = (a^1 - y) \odot a^1 \odot (1 - a^1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")  # one unit without a bias
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((3, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def cost(params, X, Y):
    return 0.5 * np.sum((sigmoid(X @ params[0]) - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    l1 = sigmoid(X @ params[0])
    slope = l1 * (1 - l1) if right else 1 - sigmoid(l1)
    return [X.T @ ((l1 - Y) * slope) / len(X)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
