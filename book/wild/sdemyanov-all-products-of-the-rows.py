"""The penalty of a support vector machine adds the products of all pairs of rows, not the squares."""

import numpy as np

SOURCE = "https://github.com/sdemyanov/ConvNet/commit/17a65c9"
THREAD = "sdemyanov/ConvNet 17a65c9"
DATE = "2013-12"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum \max(1 - y s, 0)^2 + \tfrac{1}{2 c} \sum_{j, k} (W W^\top)_{j k}"
RIGHT = r"C = \tfrac1m \textstyle\sum \max(1 - y s, 0)^2 + \tfrac{1}{2 c} \sum_j (W W^\top)_{j j}"
READ = "code"
LAYER = [2]
NAMES = [{"another-cost"}, {"penalty"}]
SIZES = (3, 4, 2)
WEIGHT = 5.0
NET = None  # a squared hinge loss
BLOCKS = ["k[1]", "b[1]", "w[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A row of a matrix has the weights of a unit; the last layer has no bias."""
    return {
        "k": rng.standard_normal((SIZES[1], SIZES[0])),
        "b": rng.standard_normal(SIZES[1]),
        "w": rng.standard_normal((SIZES[2], SIZES[1])),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], (SAMPLES, SIZES[-1]))


def forward(params, X, Y):
    hidden = 1 / (1 + np.exp(-(X @ params["k"].T + params["b"])))
    return hidden, np.maximum(1 - Y * (hidden @ params["w"].T), 0)


def cost(params, X, Y):
    return np.sum(forward(params, X, Y)[1] ** 2) / len(X) + 0.5 * np.sum(params["w"] @ params["w"].T) / WEIGHT


def meant(params, X, Y):
    return np.sum(forward(params, X, Y)[1] ** 2) / len(X) + 0.5 * np.sum(params["w"] ** 2) / WEIGHT


def backward(params, X, Y, penalty):
    hidden, margin = forward(params, X, Y)
    d2 = -2 * Y * margin / len(X)
    d1 = d2 @ params["w"] * hidden * (1 - hidden)
    return {"k": d1.T @ X, "b": d1.sum(0), "w": d2.T @ hidden + penalty / WEIGHT}


def grad(params, X, Y):
    """The one that belongs to the squares."""
    return backward(params, X, Y, params["w"])


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, np.repeat(params["w"].sum(0, keepdims=True), SIZES[2], axis=0))
