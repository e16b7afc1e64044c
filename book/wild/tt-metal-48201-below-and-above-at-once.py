"""The mask of a clamp asks for values below the lower bound that are also above the upper one, and is empty."""

import numpy as np

SOURCE = "https://github.com/tenstorrent/tt-metal/issues/48201"
THREAD = "tenstorrent/tt-metal #48201"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 \le -1] \odot [z^1 \ge 1] = 0"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 \ge -1] \odot [z^1 \le 1]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"layer-forgotten"}]
SIZES = (3, 5, 2)
LOW, HIGH = -1.0, 1.0
NET = None  # a clamp
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


def act(z):
    return np.where(z.real < LOW, LOW, np.where(z.real > HIGH, HIGH, z))


def forward(params, X):
    z = X @ params["W1"] + params["b1"]
    return z, act(z), act(z) @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, a, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["W2"].T
    d = g * (z >= LOW) * (z <= HIGH) if right else g * (z <= LOW) * (z >= HIGH)
    return {"W1": X.T @ d, "b1": d.sum(0), "W2": a.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
