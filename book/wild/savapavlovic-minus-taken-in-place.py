"""A minus turns a number round in place, so that the slope of a hyperbolic tangent adds its square."""

import numpy as np

SOURCE = "https://github.com/SavaPavlovic01/nanoGrad/commit/1f39e8c"
THREAD = "SavaPavlovic01/nanoGrad 1f39e8c"
DATE = "2026-01"
KIND = "gradient"
FORMULA = r"f'(z) = 1 + \tanh^2 z"
RIGHT = r"f'(z) = 1 - \tanh^2 z,\; f = \tanh"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
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
    hidden = np.tanh(X @ params["w1"] + params["b1"])
    return hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (out - Y) / len(X)
    square = hidden * hidden
    d1 = d2 @ params["w2"].T * (1 - square if right else 1 + square)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
