"""The gradient of a hyperbolic sine is its derivative alone, without what comes from above."""

import numpy as np

SOURCE = "https://github.com/twitter-archive/torch-autograd/commit/1922912"
THREAD = "twitter-archive/torch-autograd 1922912"
DATE = "2016-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = \cosh z,\; a = \sinh z"
RIGHT = r"\partial C / \partial z = g \odot \cosh z,\; a = \sinh z,\; g = \partial C / \partial a"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a hyperbolic sine
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": 0.5 * rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["w1"] + params["b1"]
    return z, np.sinh(z) @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = np.cosh(z)
    if right:
        d1 *= d2 @ params["w2"].T
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": np.sinh(z).T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
