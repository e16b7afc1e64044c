"""A layer that divides by a number has its input where the derivative belongs."""

import numpy as np

SOURCE = "https://github.com/NervanaSystems/neon/commit/f2159ca"
THREAD = "NervanaSystems/neon f2159ca"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"f'(z) = z,\; f(z) = z / c"
RIGHT = r"f'(z) = 1 / c,\; f(z) = z / c"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
DIVISOR = 4.0
NET = None  # an activation with a divisor
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1.T + b1
    return z, z / DIVISOR @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[1][0] * (1 / DIVISOR if right else z)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ (z / DIVISOR), d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
