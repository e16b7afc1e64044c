"""The slope of a softplus is computed from its output, and the exponent has lost its minus."""

import numpy as np

SOURCE = "https://github.com/IDSIA/brainstorm/commit/6872132d0f7dae254d4b1d0dbe9cf6738eddc6fb"
THREAD = "IDSIA/brainstorm 6872132"
DATE = "2016-04"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - e^{a^1}\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - e^{-a^1}\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a softplus
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "hid": {"W": rng.standard_normal((4, 3)), "bias": rng.standard_normal(4)},
        "out": {"W": rng.standard_normal((2, 4)), "bias": rng.standard_normal(2)},
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    y = np.log(1 + np.exp(X @ params["hid"]["W"].T + params["hid"]["bias"]))
    return y, y @ params["out"]["W"].T + params["out"]["bias"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    y, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params["out"]["W"] * (1 - np.exp(-y if right else y))
    return {"hid": {"W": d1.T @ X, "bias": d1.sum(0)}, "out": {"W": d2.T @ y, "bias": d2.sum(0)}}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
