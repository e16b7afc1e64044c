"""The activation raises a number to the power of its input; the slope is that of the input raised to that number."""

import numpy as np

SOURCE = "https://github.com/tenstorrent/tt-metal/pull/52144"
THREAD = "tenstorrent/tt-metal PR #52144"
DATE = "2026-08"
KIND = "gradient"
FORMULA = r"f(z) = 3^z,\; \delta^1 = (W^2)^\top \delta^2 \odot 3 (z^1)^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot 3^{z^1} \log 3"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # powers of three
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
    return z1, 3**z1, W2 @ 3**z1 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    d2 = (p - Y) / X.shape[1]
    d1 = params[1][0].T @ d2 * (a1 * np.log(3) if right else 3 * z1**2)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
