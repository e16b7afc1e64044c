"""The slope of a parametric ELU is multiplied by the number that its input is divided by."""

import numpy as np

SOURCE = "https://github.com/jackm321/RustNN/commit/fdfd563"
THREAD = "jackm321/RustNN fdfd563"
DATE = "2017-10"
KIND = "gradient"
FORMULA = r"f'(z) = (f(z) + \alpha)\, \beta\ \text{where}\ z < 0,\; f(z) = \alpha\, (e^{z / \beta} - 1)"
RIGHT = r"f'(z) = (f(z) + \alpha) / \beta\ \text{where}\ z < 0,\; f(z) = \alpha\, (e^{z / \beta} - 1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
A, B = 2.0, 1.5
SIZES = (3, 4, 2)
NET = None  # a parametric ELU
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The first column belongs to the thresholds."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def pelu(z):
    return np.where(z.real < 0, A * np.exp(z / B) - A, A / B * z)


def with_one(a):
    return np.hstack([np.ones((len(a), 1)), a])


def forward(params, X):
    hidden = pelu(with_one(X) @ params[0].T)
    return hidden, pelu(with_one(hidden) @ params[1].T)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def slope(result, right):
    """In terms of the output."""
    below = (result + A) / B if right else (result + A) * B
    return np.where(result >= 0, A / B, below)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (out - Y) * slope(out, right) / len(X)
    d1 = d2 @ params[1][:, 1:] * slope(hidden, right)
    return [d1.T @ with_one(X), d2.T @ with_one(hidden)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
