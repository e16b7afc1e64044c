"""The scaled ELU is not scaled above zero, and its slope is."""

import numpy as np

SOURCE = "https://github.com/GiorgosXou/NeuralNetworks/issues/51"
THREAD = "GiorgosXou/NeuralNetworks #51"
DATE = "2025-07"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \lambda \text{ where } z^1 > 0"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \text{ where } z^1 > 0"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # scaled exponential linear units
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in ((3, 5), (5, 2))]


def data(rng):
    sizes = (3, 5, 2)
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X.T, Y.T


LAMBDA, ALPHA = 1.0507, 1.6733


def selu(z):
    return np.where(z.real > 0, z, LAMBDA * ALPHA * (np.exp(z) - 1))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = selu(W1 @ X + b1)
    return h, W2 @ h + b2


def cost(params, X, Y):
    return np.sum((forward(params, X)[1] - Y) ** 2) / Y.size


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = 2 * (p - Y) / Y.size
    d1 = params[1][0].T @ d2 * np.where(h > 0, 1 if right else LAMBDA, h + LAMBDA * ALPHA)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
