"""The gradient of a residual block goes through the normalisation first, and then through what stands above it."""

import numpy as np

SOURCE = "https://github.com/danksup/nn-from-scratch/commit/2f44119"
THREAD = "danksup/nn-from-scratch 2f44119"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial r = g + F^\top (N^\top g),\; h = r + F(N(r)),\; F(u) = u V"
RIGHT = r"\partial C / \partial r = g + N^\top (F^\top g),\; h = r + F(N(r)),\; F(u) = u V"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
UNITS, EPS = 4, 1e-3
NET = None  # a residual block with a layer normalisation
BLOCKS = ["W[1]", "V[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """A linear layer stands for the attention."""
    return {
        "W": rng.standard_normal((3, UNITS)),
        "V": rng.standard_normal((UNITS, UNITS)),
        "out": rng.standard_normal((UNITS, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def normalise(r):
    centred = r - r.mean(1, keepdims=True)
    s = np.sqrt(np.mean(centred**2, axis=1, keepdims=True) + EPS)
    return centred / s, s


def through_the_normalisation(g, hat, s):
    return (g - g.mean(1, keepdims=True) - hat * np.mean(g * hat, axis=1, keepdims=True)) / s


def forward(params, X):
    r = X @ params["W"]
    hat, s = normalise(r)
    h = r + hat @ params["V"]
    return hat, s, h, h @ params["out"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hat, s, h, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["out"].T
    if right:
        into_V = g
        below = through_the_normalisation(g @ params["V"].T, hat, s)
    else:
        into_V = through_the_normalisation(g, hat, s)
        below = into_V @ params["V"].T
    return {"W": X.T @ (g + below), "V": hat.T @ into_V, "out": h.T @ e}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
