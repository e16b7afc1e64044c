"""The node of a sum hands its own value down to its terms, and not what comes from above."""

import numpy as np

SOURCE = "https://github.com/clab/dynet/commit/971c5a31"
THREAD = "clab/dynet 971c5a3"
DATE = "2017-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial u = \partial C / \partial v = s,\; s = u + v"
RIGHT = r"\partial C / \partial u = \partial C / \partial v = g,\; s = u + v,\; g = \partial C / \partial s"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a sum of two branches
BLOCKS = ["A[1]", "B[1]", "b[1]", "V[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Two branches, of which the second has a hidden layer, and the layer above them."""
    return {
        "A": rng.standard_normal((SIZES[0], SIZES[1])),
        "B": rng.standard_normal((SIZES[0], SIZES[1])),
        "b": rng.standard_normal(SIZES[1]),
        "V": rng.standard_normal((SIZES[1], SIZES[2])),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    branch = np.tanh(X @ params["B"] + params["b"])
    total = X @ params["A"] + branch
    return branch, total, total @ params["V"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    branch, total, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["V"].T if right else total
    delta = g * (1 - branch**2)
    return {"A": X.T @ g, "B": X.T @ delta, "b": delta.sum(0), "V": total.T @ e}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
