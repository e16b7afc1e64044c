"""Another reader would take the slope on the other side of the layer, where its output is."""

import numpy as np

SOURCE = "https://github.com/hanbt/learn_dl/issues/23"
THREAD = "hanbt/learn_dl #23, a second answer"
DATE = "2018-11"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot a^2 \odot (1 - a^2)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot a^1 \odot (1 - a^1)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-layer"}]
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
    """The shapes fit where the layers are of one size."""
    x, a1, a2 = forward(params, X)
    d2 = (a2 - Y) * a2 * (1 - a2) / X.shape[1]
    s = a1 if right else a2
    d1 = params[1][0].T @ d2 * s * (1 - s)
    return [(d1 @ x.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
