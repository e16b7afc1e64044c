"""The derivative of a power by its exponent is that of a difference by what is taken off."""

import numpy as np

SOURCE = "https://github.com/ferxades12/MiniTorch/commit/a1b6e70"
THREAD = "ferxades12/MiniTorch a1b6e70"
DATE = "2026-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial p = -g,\; f = a^p,\; g = \partial C / \partial f"
RIGHT = r"\partial C / \partial p = g\, a^p \log a,\; f = a^p,\; g = \partial C / \partial f"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # exponents that are learned
BLOCKS = ["W[1]", "b[1]", "p[1]", "V[2]", "c[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w": rng.standard_normal((SIZES[0], SIZES[1])),
        "b": rng.standard_normal(SIZES[1]),
        "p": rng.uniform(0.5, 2.5, SIZES[1]),
        "v": rng.standard_normal((SIZES[1], SIZES[2])),
        "c": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    a = sigmoid(X @ params["w"] + params["b"])
    raised = a ** params["p"]
    return a, raised, raised @ params["v"] + params["c"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    a, raised, out = forward(params, X)
    e = 2 * (out - Y) / Y.size
    g = e @ params["v"].T
    by_exponent = g * raised * np.log(a) if right else -g
    delta = g * params["p"] * a ** (params["p"] - 1) * a * (1 - a)
    return {"w": X.T @ delta, "b": delta.sum(0), "p": by_exponent.sum(0), "v": raised.T @ e, "c": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
