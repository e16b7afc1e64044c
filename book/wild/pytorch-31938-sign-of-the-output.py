"""The slope below zero is -2, so every output is positive, and the backward pass asks for the sign of the output."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/31938"
THREAD = "pytorch/pytorch #31938, PR #33639"
DATE = "2020-01"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([a^1 > 0] - 2\, [a^1 \le 0]\bigr) = (W^2)^\top "
    r"\delta^2"
)
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] - 2\, [z^1 \le 0]\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}, {"relu-mask"}]
NET = None  # the slope below zero is -2
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal(shape) for shape in ((5, 4), 5, (3, 5), 3)]


def data(rng):
    sizes = (4, 5, 3)
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def leaky(z):
    return np.where(z.real > 0, z, -2 * z)


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    return z, leaky(z), leaky(z) @ W2.T + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[2] - Y) ** 2)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = 2 * (p - Y) / Y.size
    d1 = d2 @ params[2] * np.where((z if right else h) > 0, 1, -2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
