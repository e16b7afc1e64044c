"""A GELU hands its own slope down, and what comes from above is not multiplied in."""

import numpy as np

SOURCE = "https://github.com/fetchai/ledger/commit/90618cc25b36b946251c44919e163cc3baacf76c"
THREAD = "fetchai/ledger 90618cc"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\delta^1 = f'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot f'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a GELU
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


A, B = 0.797885, 0.035677


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = W1 @ X + b1
    h = 0.5 * z * (1 + np.tanh(A * z + B * z**3))
    return z, h, W2 @ h + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / X.shape[1]
    u = A * z + B * z**3
    d1 = 0.5 * (1 + np.tanh(u) + z / np.cosh(u) ** 2 * (A + 3 * B * z**2))
    if right:
        d1 = d1 * (params[1][0].T @ d2)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
