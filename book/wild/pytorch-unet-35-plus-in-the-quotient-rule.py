"""In the derivative of a Dice coefficient the quotient rule has a plus, and its divisor is multiplied back."""

import numpy as np

SOURCE = "https://github.com/milesial/Pytorch-UNet/issues/35"
THREAD = "milesial/Pytorch-UNet #35"
DATE = "2018-10"
KIND = "gradient"
FORMULA = (
    r"\partial D / \partial a = 2\, (y U + I) / U \cdot U,\; D = 2 I / U,\; I = \textstyle\sum a y,\; U = "
    r"\textstyle\sum a + \textstyle\sum y"
)
RIGHT = (
    r"\partial D / \partial a = 2\, (y U - I) / U^2,\; D = 2 I / U,\; I = \textstyle\sum a y,\; U = "
    r"\textstyle\sum a + \textstyle\sum y"
)
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a Dice coefficient
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
    return np.sum(p * Y), np.sum(p) + np.sum(Y)


def cost(params, X, Y):
    inter, union = parts(forward(params, X)[1], Y)
    return 2 * inter / union


def backward(params, X, Y, right):
    a, p = forward(params, X)
    inter, union = parts(p, Y)
    g = 2 * (Y * union - inter) / union**2 if right else 2 * (Y * union + inter) / union * union
    d2 = g * p * (1 - p)
    d1 = d2 @ params["W2"].T * (1 - a * a)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
