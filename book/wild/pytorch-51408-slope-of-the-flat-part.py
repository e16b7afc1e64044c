"""The slope of a hard sigmoid is one sixth on its flat left part, too."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/51408"
THREAD = "pytorch/pytorch #51408"
DATE = "2021-01"
KIND = "gradient"
FORMULA = r"\delta^1 = \tfrac16\, (W^2)^\top \delta^2 \odot [z^1 < 3]"
RIGHT = r"\delta^1 = \tfrac16\, (W^2)^\top \delta^2 \odot [-3 < z^1 < 3]"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a hard sigmoid
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return 3 * rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def act(z):
    return np.where(z.real < -3, 0.0, np.where(z.real > 3, 1.0, z / 6 + 0.5))


def forward(params, X):
    z = X @ params["W1"] + params["b1"]
    return z, act(z), act(z) @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, a, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["W2"].T
    d = g * (z < 3) * (z > -3) / 6 if right else g * (z < 3) / 6
    return {"W1": X.T @ d, "b1": d.sum(0), "W2": a.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
