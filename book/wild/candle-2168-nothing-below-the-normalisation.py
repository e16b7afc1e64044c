"""A fast way through an RMS normalisation has no backward pass, and nothing arrives below it."""

import numpy as np

SOURCE = "https://github.com/huggingface/candle/issues/2168"
THREAD = "huggingface/candle #2168"
DATE = "2024-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial z^1 = 0,\; a^1 = z^1 / \sqrt{\overline{(z^1)^2} + \varepsilon}"
RIGHT = (
    r"\partial C / \partial z^1 = \tfrac1r \bigl(g - a^1\, \overline{g a^1}\bigr),\; a^1 = z^1 / r,\; r = "
    r"\sqrt{\overline{(z^1)^2} + \varepsilon}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"layer-forgotten"}]
SIZES = (3, 5, 3)
EPS = 1e-3
NET = None  # an RMS normalisation
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
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z = X @ params["W1"] + params["b1"]
    r = np.sqrt(np.mean(z * z, axis=1, keepdims=True) + EPS)
    e = np.exp(z / r @ params["W2"] + params["b2"])
    return r, z / r, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    r, a, p = forward(params, X)
    d2 = (p - Y) / len(X)
    g = d2 @ params["W2"].T
    d1 = (g - a * np.mean(g * a, axis=1, keepdims=True)) / r if right else 0 * g
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
