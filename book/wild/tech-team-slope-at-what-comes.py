"""A rectifier takes its slope on the way back at the values that come from above."""

import numpy as np

SOURCE = "https://github.com/tech-team/convnet/commit/5b88b0c"
THREAD = "tech-team/convnet 5b88b0c"
DATE = "2016-01"
KIND = "gradient"
FORMULA = r"\delta^1 = g \odot [g > 0],\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot [z^1 > 0],\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"mask-of-gradient"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
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
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    hidden = np.maximum(X @ params["w1"] + params["b1"], 0)
    return hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (out - Y) / len(X)
    g = d2 @ params["w2"].T
    d1 = g * ((hidden if right else g) > 0)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
