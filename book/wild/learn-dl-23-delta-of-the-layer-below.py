"""A reader would take the delta that is handed on for that of the layer's own weights and biases."""

import numpy as np

SOURCE = "https://github.com/hanbt/learn_dl/issues/23"
THREAD = "hanbt/learn_dl #23"
DATE = "2018-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l = \frac1m \sum_i \delta^{l-1}_i (a^{l-1}_i)^\top,\; "
    r"\partial C / \partial b^l = \frac1m \sum_i \delta^{l-1}_i"
)
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (4, 4, 4)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    a = [X]
    for W, b in params:
        a.append(sigmoid(W @ a[-1] + b))
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    """The shapes fit where all layers are of one size."""
    a, out = forward(params, X), []
    d = (a[2] - Y) * a[2] * (1 - a[2]) / X.shape[1]
    for l in (2, 1):
        below = params[l - 1][0].T @ d * a[l - 1] * (1 - a[l - 1])
        own = d if right else below
        out.insert(0, (own @ a[l - 1].T, own.sum(1, keepdims=True)))
        d = below
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
