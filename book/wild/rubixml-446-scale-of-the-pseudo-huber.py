"""The derivative of the pseudo-Huber loss leaves out a factor: the width of its parabola."""

import numpy as np

SOURCE = "https://github.com/RubixML/ML/pull/446"
THREAD = "RubixML/ML PR #446"
DATE = "2026-08"
KIND = "gradient"
FORMULA = r"\delta^2 = e / \sqrt{e^2 + \alpha^2},\; e = a^2 - y"
RIGHT = r"\delta^2 = \alpha\, e / \sqrt{e^2 + \alpha^2}"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
SIZES = (3, 5, 1)
NET = None  # a pseudo-Huber loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

ALPHA = 0.9


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = W1 @ X + b1
    a1 = z1 * (z1.real > 0)
    return z1, a1, W2 @ a1 + b2


def cost(params, X, Y):
    e = forward(params, X)[-1] - Y
    return np.sum(ALPHA**2 * (np.sqrt(1 + (e / ALPHA) ** 2) - 1)) / X.shape[1]


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    e = p - Y
    d2 = (ALPHA if right else 1) * e / np.sqrt(e**2 + ALPHA**2) / X.shape[1]
    d1 = params[1][0].T @ d2 * (z1 > 0)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
