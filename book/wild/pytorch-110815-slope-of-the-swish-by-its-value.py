"""A reader takes two gradients for exchanged in the slope of a swish, which is written by its value."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/110815"
THREAD = "pytorch/pytorch #110815"
DATE = "2023-10"
KIND = "right"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(a^1 + \sigma(z^1)\, (1 - a^1)\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot f'(z^1),\; f(z) = z\, \sigma(z)"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
NET = None  # swish
BLOCKS = ["W[1]", "b[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"W1": rng.standard_normal((5, 3)), "b1": rng.standard_normal(5), "W2": rng.standard_normal((2, 5))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    x = X @ params["W1"].T + params["b1"]
    y = x * sigmoid(x)
    return x, y, y @ params["W2"].T


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y):
    x, y, p = forward(params, X)
    d2 = (p - Y) / len(X)
    dy = d2 @ params["W2"]
    dx = dy * (y + sigmoid(x) * (1 - y))
    return {"W1": dx.T @ X, "b1": dx.sum(0), "W2": d2.T @ y}


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
