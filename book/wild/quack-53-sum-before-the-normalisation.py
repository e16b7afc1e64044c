"""Two gradients meet before a normalisation, and the one that passes beside it is sent through it as well."""

import numpy as np

SOURCE = "https://github.com/Dao-AILab/quack/pull/53"
THREAD = "Dao-AILab/quack PR #53"
DATE = "2025-10"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial r = J^\top (g_{\mathrm{norm}} + g_{\mathrm{res}}),\; r = x + h,\; J = \partial\, "
    r"\mathrm{norm}(r) / \partial r"
)
RIGHT = (
    r"\partial C / \partial r = J^\top g_{\mathrm{norm}} + g_{\mathrm{res}},\; r = x + h,\; J = \partial\, "
    r"\mathrm{norm}(r) / \partial r"
)
READ = "discussion"
GROUP = "down"
LAYER = [1]
NAMES = []
EPS = 1e-3
NET = None  # a way beside the layer
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    sizes = ("W1", (3, 3)), ("b1", (3,)), ("W2", (3, 3)), ("b2", (3,))
    return {name: rng.standard_normal(size) for name, size in sizes}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


def forward(params, X):
    """The sum of input and layer is normalised, and also kept for the sum above."""
    h = np.tanh(X @ params["W1"] + params["b1"])
    rms = np.sqrt(np.mean((X + h) ** 2, axis=1, keepdims=True) + EPS)
    hat = (X + h) / rms
    return h, rms, hat, X + h + hat @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, rms, hat, out = forward(params, X)
    e = (out - Y) / len(X)
    through = lambda g: (g - hat * np.mean(g * hat, axis=1, keepdims=True)) / rms
    g = e @ params["W2"].T
    d = (through(g) + e if right else through(g + e)) * (1 - h * h)
    return {"W1": X.T @ d, "b1": d.sum(0), "W2": hat.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
