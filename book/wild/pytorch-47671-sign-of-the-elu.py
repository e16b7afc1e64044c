"""With a negative factor every output of an ELU is positive, and the slope is looked up by the output's sign."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/47671"
THREAD = "pytorch/pytorch #47671, PR #49272"
DATE = "2020-11"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([a^1 > 0] + (a^1 - 2)\, [a^1 \le 0]\bigr) = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] - 2\, e^{z^1}\, [z^1 \le 0]\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}]
SIZES = (3, 5, 2)
NET = None  # exponential linear units with a negative factor
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

ALPHA = -2.0


def start(rng):
    return [rng.standard_normal(shape) for shape in ((5, 3), 5, (2, 5), 2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def elu(z):
    return np.where(z.real > 0, z, ALPHA * (np.exp(z) - 1))


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    return z, elu(z), elu(z) @ W2.T + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = 2 * (p - Y) / Y.size
    slope = np.where((z if right else h) > 0, 1, h + ALPHA)
    d1 = d2 @ params[2] * slope
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
