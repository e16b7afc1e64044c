"""The slope of the ELiSH function is written with its input and given its output."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/pull/2274"
THREAD = "mlpack/mlpack PR #2274"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot f'(a^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot f'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
SIZES = (3, 5, 2)
NET = None  # ELiSH units
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def f(z):
    return np.where(z.real < 0, np.exp(z) - 1, z) * sigmoid(z)


def slope(z):
    s = sigmoid(z)
    below = np.exp(z) * s + (np.exp(z) - 1) * s * (1 - s)
    return np.where(z < 0, below, s + z * s * (1 - s))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = f(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2.T * slope(z1 if right else a1)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
