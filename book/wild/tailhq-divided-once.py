"""The derivative of a quotient by its divisor is divided by the divisor once, not twice."""

import numpy as np

SOURCE = "https://github.com/tailhq/autograd/commit/6b46415"
THREAD = "tailhq/autograd 6b46415"
DATE = "2015-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial v = -g \odot u / v,\; q = u / v,\; g = \partial C / \partial q"
RIGHT = r"\partial C / \partial v = -g \odot u / v^2,\; q = u / v,\; g = \partial C / \partial q"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a quotient of two layers
BLOCKS = ["above[1]", "below[1]", "bias[1]", "out[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "above": rng.standard_normal((SIZES[0], SIZES[1])),
        "below": 0.5 * rng.standard_normal((SIZES[0], SIZES[1])),
        "bias": rng.standard_normal(SIZES[1]),
        "out": rng.standard_normal((SIZES[1], SIZES[2])),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    u, v = X @ params["above"], np.exp(X @ params["below"] + params["bias"])
    return u, v, u / v @ params["out"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    u, v, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["out"].T
    by_v = -g * u / v / (v if right else 1)
    return {"above": X.T @ (g / v), "below": X.T @ (by_v * v), "bias": (by_v * v).sum(0), "out": (u / v).T @ e}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
