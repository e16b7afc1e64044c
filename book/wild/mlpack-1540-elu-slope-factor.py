"""Below zero the slope of the scaled ELU is written lambda (y + alpha), where y + lambda alpha is right."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/pull/1540"
THREAD = "mlpack/mlpack PR #1540"
DATE = "2018-10"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \lambda (a^1 + \alpha) \text{ where } z^1 < 0"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot (a^1 + \lambda \alpha) \text{ where } z^1 < 0"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # scaled exponential linear units
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


LAMBDA, ALPHA = 1.0507, 1.6733


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in ((3, 5), (5, 2))]


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal((2, SAMPLES))


def selu(z):
    return LAMBDA * np.where(z.real > 0, z, ALPHA * (np.exp(z) - 1))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = selu(W1 @ X + b1)
    return h, W2 @ h + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / SAMPLES


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = (p - Y) / SAMPLES
    below = h + LAMBDA * ALPHA if right else LAMBDA * (h + ALPHA)
    d1 = params[1][0].T @ d2 * np.where(h > 0, LAMBDA, below)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
