"""A table gives tanh's derivative as minus tanh squared: the 1 is missing."""

import numpy as np

SOURCE = "https://github.com/scutan90/DeepLearning-500-questions/issues/544"
THREAD = "scutan90/DeepLearning-500-questions #544"
DATE = "2024-07"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(-(a^1)^2\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 5, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(np.tanh(z[-1]) if len(z) <= L else sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def backward(params, X, Y, right):
    _, (x, h, p) = forward(params, X)
    m = X.shape[1]
    d2 = p - Y
    d1 = params[1][0].T @ d2 * (1 - h**2 if right else -(h**2))
    return [(d1 @ x.T / m, d1.sum(1, keepdims=True) / m), (d2 @ h.T / m, d2.sum(1, keepdims=True) / m)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
