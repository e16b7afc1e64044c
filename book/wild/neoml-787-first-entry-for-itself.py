"""For the square in a GELU's slope each entry is multiplied by the first of all entries, and not by itself."""

import math

import numpy as np

SOURCE = "https://github.com/neoml-lib/neoml/pull/787"
THREAD = "neoml-lib/neoml PR #787"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"f'(z_{ij}) = \Phi(z_{ij}) + z_{ij}\, e^{-z_{ij} z_{11} / 2} / \sqrt{2 \pi}"
RIGHT = r"f'(z_{ij}) = \Phi(z_{ij}) + z_{ij}\, e^{-z_{ij}^2 / 2} / \sqrt{2 \pi}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a GELU
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

erf = np.vectorize(math.erf)


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    x = X @ W1.T + b1
    memo = 0.5 * (1 + erf(x / math.sqrt(2)))
    return x, memo, (x * memo) @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    x, memo, p = forward(params, X)
    d2 = (p - Y) / len(X)
    diff = x / math.sqrt(2)
    diff = np.exp(-diff * (diff if right else diff[0, 0]))
    d1 = d2 @ params[1][0] * (diff / math.sqrt(2 * math.pi) * x + memo)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ (x * memo), d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
