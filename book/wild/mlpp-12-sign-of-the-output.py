"""The derivative of a mean absolute error compares the output with zero instead of the target."""

import numpy as np

SOURCE = "https://github.com/novak-99/MLPP/issues/12"
THREAD = "novak-99/MLPP #12"
DATE = "2022-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = \tfrac1m\, \mathrm{sign}(a)"
RIGHT = r"\partial C / \partial a = \tfrac1m\, \mathrm{sign}(a - y)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a mean absolute error
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = sigmoid(X @ W1 + b1)
    return h, h @ W2 + b2


def cost(params, X, Y):
    e = forward(params, X)[-1] - Y
    return np.sum(e * np.sign(e.real)) / len(X)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = np.sign(p - Y if right else p) / len(X)
    d1 = d2 @ params[1][0].T * h * (1 - h)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
