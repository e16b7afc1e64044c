"""The gradient of a mean absolute percentage error is one over the target, whether the output is above it or below."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/pull/2603"
THREAD = "mlpack/mlpack PR #2603"
DATE = "2020-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = 1 / y"
RIGHT = r"\partial C / \partial a = \tfrac1m\, \mathrm{sign}(a - y) / y"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a percentage as loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """A column for each sample; the targets are positive."""
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.uniform(0.5, 2, (SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = sigmoid(W1 @ X + b1)
    return h, W2 @ h + b2


def cost(params, X, Y):
    part = (Y - forward(params, X)[-1]) / Y
    return np.sum(part * np.sign(part.real)) / Y.shape[1]


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = np.sign(p - Y) / Y / Y.shape[1] if right else 1 / Y
    d1 = params[1][0].T @ d2 * h * (1 - h)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
