"""The slope of the Elliot function is written with its input and given its output."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/pull/2268"
THREAD = "mlpack/mlpack PR #2268"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot 1 / (1 + |a^1|)^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot 1 / (1 + |z^1|)^2,\; a^1 = z^1 / (1 + |z^1|)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
SIZES = (3, 5, 2)
NET = None  # Elliot functions
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = W1 @ X + b1
    return z1, z1 / (1 + np.where(z1.real < 0, -z1, z1)), W2 @ (z1 / (1 + np.where(z1.real < 0, -z1, z1))) + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    d2 = 2 * (p - Y) / Y.size
    d1 = params[1][0].T @ d2 / (1 + abs(z1 if right else a1)) ** 2
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
