"""A Dice loss is smoothed by a number that its gradient does not have."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/pull/1674"
THREAD = "mlpack/mlpack PR #1674"
DATE = "2019-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a = -2\, (y U - 2 a I) / U^2,\; C = 1 - \frac{2 I + s}{U + s},\; U = "
    r"\textstyle\sum a^2 + \textstyle\sum y^2"
)
RIGHT = r"\partial C / \partial a = -2\, (y\, (U + s) - a\, (2 I + s)) / (U + s)^2,\; C = 1 - \frac{2 I + s}{U + s}"
READ = "code"
GROUP = "penalty"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 2)
SMOOTH = 1.0
NET = None  # a Dice loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    a = np.tanh(X @ params["W1"] + params["b1"])
    return a, 1 / (1 + np.exp(-(a @ params["W2"] + params["b2"])))


def parts(p, Y):
    return np.sum(p * Y), np.sum(p * p) + np.sum(Y * Y)


def cost(params, X, Y):
    inter, union = parts(forward(params, X)[1], Y)
    return 1 - (2 * inter + SMOOTH) / (union + SMOOTH)


def backward(params, X, Y, right):
    a, p = forward(params, X)
    inter, union = parts(p, Y)
    s = SMOOTH if right else 0.0
    g = -2 * (Y * (union + s) - p * (2 * inter + s)) / (union + s) ** 2
    d2 = g * p * (1 - p)
    d1 = d2 @ params["W2"].T * (1 - a * a)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
