"""The backward pass of a rectifier hands down the value of its output where the gradient of it belongs."""

import numpy as np

SOURCE = "https://github.com/ReubenKouidri/MicroGradCpp/commit/795b1b9"
THREAD = "ReubenKouidri/MicroGradCpp 795b1b9"
DATE = "2023-12"
KIND = "gradient"
FORMULA = r"\delta^1 = a^1,\; a^1 = \mathrm{relu}(z^1)"
RIGHT = r"\delta^1 = g \odot [z^1 > 0],\; g = (W^2)^\top \delta^2,\; a^1 = \mathrm{relu}(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    hidden = np.maximum(X @ params["w1"] + params["b1"], 0)
    e = np.exp(hidden @ params["w2"] + params["b2"])
    return hidden, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = d2 @ params["w2"].T * (hidden > 0) if right else hidden
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
