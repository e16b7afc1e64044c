"""Within the loop that closes the units of a rectifier the gradient is sent down in every turn."""

import numpy as np

SOURCE = "https://github.com/unixpickle/weakai/commit/40f68c3"
THREAD = "unixpickle/weakai 40f68c3"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\delta^1_j = n\, g_j\ \text{where}\ z^1_j > 0,\; (j - 1)\, g_j\ \text{elsewhere},\; j = 1, \dots, n"
RIGHT = r"\delta^1_j = g_j\ \text{where}\ z^1_j > 0,\; 0\ \text{elsewhere},\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.maximum(X @ W1.T + b1, 0)
    return hidden, hidden @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (out - Y) / len(X)
    times = np.where(hidden > 0, SIZES[1], np.arange(SIZES[1]))  # a unit that is closed goes down before its turn
    d1 = d2 @ params[1][0] * (hidden > 0 if right else times)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ hidden, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
