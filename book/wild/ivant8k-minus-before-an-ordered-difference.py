"""A minus stands before the derivative of a binary cross entropy, whose difference is in the right order already."""

import numpy as np

SOURCE = "https://github.com/ivant8k/FFNN-Scratch/commit/df09f3d"
THREAD = "ivant8k/FFNN-Scratch df09f3d"
DATE = "2026-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = -\tfrac1m\, \frac{a^2 - y}{a^2 (1 - a^2)}"
RIGHT = r"\partial C / \partial a^2 = \tfrac1m\, \frac{a^2 - y}{a^2 (1 - a^2)}"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"sign"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
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
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    hidden = np.tanh(X @ params["w1"] + params["b1"])
    return hidden, 1 / (1 + np.exp(-(hidden @ params["w2"] + params["b2"])))


def cost(params, X, Y):
    a = forward(params, X)[1]
    return -np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    slope = (a - Y) / (a * (1 - a)) / len(a)
    d2 = (slope if right else -slope) * a * (1 - a)
    d1 = d2 @ params["w2"].T * (1 - hidden**2)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
