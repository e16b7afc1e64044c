"""A reader takes the minus before the derivative of a Dice coefficient for a step to less overlap."""

import numpy as np

SOURCE = "https://github.com/faustomilletari/VNet/issues/32"
THREAD = "faustomilletari/VNet #32"
DATE = "2018-03"
KIND = "right"
FORMULA = r"\partial C / \partial a = 0 - 2 \Bigl(\frac{y U}{U^2} - \frac{2 a I}{U^2}\Bigr)"
RIGHT = (
    r"\partial C / \partial a \text{ of } C = -2 I / U,\; I = \textstyle\sum a y,\; U = \textstyle\sum a^2 + "
    r"\textstyle\sum y^2"
)
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 5, 4)
NET = None  # Dice coefficients
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
    """Of each sample."""
    inter = np.sum(p * Y, axis=1, keepdims=True)
    return inter, np.sum(p * p, axis=1, keepdims=True) + np.sum(Y * Y, axis=1, keepdims=True)


def cost(params, X, Y):
    inter, union = parts(forward(params, X)[1], Y)
    return -np.sum(2 * inter / union)


def grad(params, X, Y):
    a, p = forward(params, X)
    inter, union = parts(p, Y)
    g = np.zeros_like(p)
    g -= 2 * (Y * union / union**2 - 2 * p * inter / union**2)
    d2 = g * p * (1 - p)
    d1 = d2 @ params["W2"].T * (1 - a * a)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a.T @ d2, "b2": d2.sum(0)}


repaired = grad
