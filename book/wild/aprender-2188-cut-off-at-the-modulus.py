"""The modulus in a loss keeps no record of where it came from, and so no gradient reaches any of the parameters."""

import numpy as np

SOURCE = "https://github.com/paiml/aprender/pull/2188"
THREAD = "paiml/aprender PR #2188"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = 0"
RIGHT = r"\partial C / \partial a = \tfrac{1}{mK}\, \mathrm{sign}(a - y)"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # an absolute error
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1.T + b1)
    return h, h @ W2.T + b2


def cost(params, X, Y):
    error = forward(params, X)[-1] - Y
    return np.mean(error * np.sign(error.real))


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = (np.sign(p - Y) if right else np.zeros_like(p)) / p.size
    d1 = d2 @ params[1][0] * (1 - h**2)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
