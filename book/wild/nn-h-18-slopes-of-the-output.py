"""A reader would have the derivative of the activation take the pre-activation; it is written for the output."""

import numpy as np

SOURCE = "https://github.com/tsoding/nn.h/issues/18"
THREAD = "tsoding/nn.h #18"
DATE = "2024-10"
KIND = "right"
FORMULA = r"\delta^l = (\cdot) \odot d(a^l),\; d(a) = a\, (1 - a)"
RIGHT = r"\delta^l = (\cdot) \odot \sigma'(z^l)"
READ = "code"
LAYER = []
NAMES = []
SIZES = (2, 3, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def dactf(y):
    return y * (1 - y)


def start(rng):
    return [rng.standard_normal(shape) for shape in ((2, 3), (1, 3), (3, 2), (1, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    W1, b1, W2, b2 = params
    a1 = sigmoid(X @ W1 + b1)
    return a1, sigmoid(a1 @ W2 + b2)


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y):
    a1, a2 = forward(params, X)
    d2 = 2 * (a2 - Y) * dactf(a2) / len(X)
    d1 = d2 @ params[2].T * dactf(a1)
    return [X.T @ d1, d1.sum(0, keepdims=True), a1.T @ d2, d2.sum(0, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
