"""In the documentation of a Huber loss the error itself stands where its modulus should, beyond the border."""

import numpy as np

SOURCE = "https://github.com/PaddlePaddle/Paddle/issues/44019"
THREAD = "PaddlePaddle/Paddle #44019"
DATE = "2022-07"
KIND = "cost"
FORMULA = (
    r"\ell = \tfrac12 e^2 \text{ where } \vert e \vert \le d,\; \ell = d\, e - \tfrac12 d^2 \text{ "
    r"elsewhere},\; e = y - a"
)
RIGHT = (
    r"\ell = \tfrac12 e^2 \text{ where } \vert e \vert \le d,\; \ell = d\, \vert e \vert - \tfrac12 d^2 "
    r"\text{ elsewhere},\; e = y - a"
)
READ = "discussion"
LAYER = [2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = None  # a Huber loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 12
LAM = 0.0

DELTA = 0.7


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), 2 * rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    return h, h @ W2 + b2


def huber(params, X, Y, modulus):
    val = Y - forward(params, X)[-1]
    beyond = val * np.sign(val.real) if modulus else val
    return np.sum(np.where(abs(val.real) <= DELTA, 0.5 * val**2, DELTA * (beyond - 0.5 * DELTA))) / len(X)


def cost(params, X, Y):
    return huber(params, X, Y, modulus=False)


def meant(params, X, Y):
    return huber(params, X, Y, modulus=True)


def backward(params, X, Y, modulus):
    h, p = forward(params, X)
    val = Y - p
    d2 = -np.where(abs(val) <= DELTA, val, DELTA * (np.sign(val) if modulus else 1)) / len(X)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, modulus=True)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, modulus=False)
