"""In the slope of a sigmoid linear unit the brackets around the numerator are missing."""

import numpy as np

SOURCE = "https://github.com/chelsea0x3b/dfdx/pull/915"
THREAD = "chelsea0x3b/dfdx PR #915"
DATE = "2024-02"
KIND = "gradient"
FORMULA = r"f'(z) = 1 + e^{-z} + z\, e^{-z} / (1 + e^{-z})^2"
RIGHT = r"f'(z) = \bigl(1 + e^{-z} + z\, e^{-z}\bigr) / (1 + e^{-z})^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # sigmoid linear units
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def f(z):
    return z / (1 + np.exp(-z))


def df(z, right):
    exp_nx = np.exp(-z)
    if right:
        return (1 + exp_nx + z * exp_nx) / (1 + exp_nx) ** 2
    return 1 + exp_nx + z * exp_nx / (1 + exp_nx) ** 2


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1.T + b1
    return z, f(z), f(z) @ W2.T + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = 2 * (p - Y) / Y.size
    d1 = d2 @ params[1][0] * df(z, right)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
