"""A cosine loss gives the right gradient for one sample, and its negative for a mini-batch."""

import numpy as np

SOURCE = "https://github.com/torch/torch7/issues/298"
THREAD = "torch/torch7 #298"
DATE = "2015-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a^2 = +\tfrac1m\, \partial \cos(a^2, y) / \partial a^2,\; C = \tfrac1m "
    r"\textstyle\sum_i 1 - \cos(a^2_i, y_i)"
)
RIGHT = (
    r"\partial C / \partial a^2 = -\tfrac1m\, \partial \cos(a^2, y) / \partial a^2,\; C = \tfrac1m "
    r"\textstyle\sum_i 1 - \cos(a^2_i, y_i)"
)
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (3, 5, 3)
NET = None  # a cosine loss
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
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    h = np.tanh(X @ params["W1"] + params["b1"])
    return h, h @ params["W2"] + params["b2"]


def cosines(a, Y):
    lengths = np.sqrt(np.sum(a * a, axis=1)), np.sqrt(np.sum(Y * Y, axis=1))
    return np.sum(a * Y, axis=1) / (lengths[0] * lengths[1]), *lengths


def cost(params, X, Y):
    return np.sum(1 - cosines(forward(params, X)[1], Y)[0]) / len(X)


def backward(params, X, Y, right):
    h, a = forward(params, X)
    c, of_a, of_y = (v[:, None] for v in cosines(a, Y))
    d2 = (Y / (of_a * of_y) - c * a / of_a**2) / len(X) * (-1 if right else 1)
    d1 = d2 @ params["W2"].T * (1 - h * h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
