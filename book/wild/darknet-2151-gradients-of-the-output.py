"""Gradients that are functions of the output are read as functions of the input, and taken back."""

import numpy as np

SOURCE = "https://github.com/pjreddie/darknet/issues/2151"
THREAD = "pjreddie/darknet #2151"
DATE = "2020-05"
KIND = "right"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([a^1 \ge 0] + (a^1 + 1)\, [a^1 < 0]\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot f'(z^1),\; f(z) = e^z - 1 \text{ where } z < 0"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
NET = None  # exponential linear units
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
    a1 = np.where(z1.real >= 0, z1, np.exp(z1) - 1)
    return a1, W2 @ a1 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y):
    a1, p = forward(params, X)
    d2 = (p - Y) / X.shape[1]
    d1 = params[1][0].T @ d2 * np.where(a1 >= 0, 1, a1 + 1)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
