"""Dropout multiplies by a mask and divides by the share kept; on the way back it divides and forgets the mask."""

import numpy as np

SOURCE = "https://github.com/ddbourgin/numpy-ml/issues/94"
THREAD = "ddbourgin/numpy-ml #94"
DATE = "2024-05"
KIND = "gradient"
FORMULA = r"\delta^1 = \tfrac{1}{1-p} (W^2)^\top \delta^2 \odot \bigl(1 - \tanh^2(z^1)\bigr)"
RIGHT = r"\delta^1 = \tfrac{1}{1-p} (W^2)^\top \delta^2 \odot r \odot \bigl(1 - \tanh^2(z^1)\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"dropout-mask"}]
NET = None  # dropout
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


SIZES, P = (3, 5, 2), 0.4  # P is the share that is dropped; the masks are fixed, so that the cost is a function


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    mask = np.random.default_rng(3).random((len(X), 5)) >= P
    (W1, b1), (W2, b2) = params
    raw = np.tanh(X @ W1 + b1)
    h = raw * mask / (1 - P)
    return raw, mask, h, h @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[3] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    raw, mask, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T / (1 - P) * (mask if right else 1) * (1 - raw**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
