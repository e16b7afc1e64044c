"""Forwards the leaky ReLU lets 0.3 of the negative side through; on the way back it is a plain ReLU."""

import numpy as np

from bpcore import leaky_relu

SOURCE = "https://github.com/scientific-computing/FKB/issues/15"
THREAD = "scientific-computing/FKB #15"
DATE = "2021-04"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot ([z^1 > 0] + 0.3\,[z^1 \le 0])"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}]
NET = dict(sizes=(3, 5, 2), hidden=leaky_relu(0.3), output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


SIZES = NET["sizes"]


def leaky(z):
    return np.where(z.real > 0, z, 0.3 * z)


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal((2, SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = W1 @ X + b1
    return z, leaky(z), W2 @ leaky(z) + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[2] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / X.shape[1]
    d1 = params[1][0].T @ d2 * np.where(z > 0, 1, 0.3 if right else 0)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
