"""The slope of a sigmoid is multiplied by the layer's own output, where what comes from above should stand."""

import numpy as np

SOURCE = "https://github.com/autumnai/collenchyma-nn/pull/13"
THREAD = "autumnai/collenchyma-nn PR #13"
DATE = "2016-01"
KIND = "gradient"
FORMULA = r"\delta^1 = a^1 \odot a^1 \odot (1 - a^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot a^1 \odot (1 - a^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = sigmoid(W1 @ X + b1)
    return h, W2 @ h + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def sigmoid_grad(x, dx):
    return x * (1 - x) * dx


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = (p - Y) / X.shape[1]
    x_diff = params[1][0].T @ d2
    d1 = sigmoid_grad(h, x_diff if right else h)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
