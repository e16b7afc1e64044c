"""A reader expects that what goes down through a layer with one factor is divided by it, not multiplied."""

import numpy as np

SOURCE = "https://github.com/torch/nn/issues/1285"
THREAD = "torch/nn #1285"
DATE = "2017-10"
KIND = "right"
FORMULA = r"\partial C / \partial z = s\, g,\; a = s z"
RIGHT = r"\partial C / \partial z,\; g = \partial C / \partial a,\; g / s\ \text{is no gradient}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a layer with one factor
BLOCKS = ["W[1]", "b[1]", "s[1]", "V[2]", "c[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w": rng.standard_normal((3, 4)),
        "b": rng.standard_normal(4),
        "s": 1 + rng.random(1),
        "v": rng.standard_normal((4, 2)),
        "c": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["w"] + params["b"]
    hidden = np.tanh(params["s"] * z)
    return z, hidden, hidden @ params["v"] + params["c"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def grad(params, X, Y):
    z, hidden, out = forward(params, X)
    e = 2 * (out - Y) / Y.size
    g = e @ params["v"].T * (1 - hidden**2)
    delta = params["s"] * g
    return {"w": X.T @ delta, "b": delta.sum(0), "s": np.array([np.sum(g * z)]), "v": hidden.T @ e, "c": e.sum(0)}


repaired = grad
