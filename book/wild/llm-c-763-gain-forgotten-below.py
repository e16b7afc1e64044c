"""The backward pass of an RMS normalisation forgets to multiply by the gain on the way down."""

import numpy as np

SOURCE = "https://github.com/karpathy/llm.c/pull/763"
THREAD = "karpathy/llm.c PR #763 (a reviewer's own code)"
DATE = "2024-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = \frac{1}{r} \bigl(g - \hat z\, \overline{g \hat z}\bigr),\; \hat z = z / r"
RIGHT = (
    r"\partial C / \partial z = \frac{1}{r} \bigl(\gamma g - \hat z\, \overline{\gamma g \hat z}\bigr),\; \hat "
    r"z = z / r"
)
READ = "discussion"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
EPS = 1e-3
NET = None  # an RMS normalisation
BLOCKS = ["W[1]", "gain[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((3, 5)),
        "gain": rng.uniform(0.5, 2, 5),
        "W2": rng.standard_normal((5, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["W1"]
    rms = np.sqrt(np.mean(z * z, axis=1, keepdims=True) + EPS)
    h = np.tanh(params["gain"] * z / rms)
    return z / rms, rms, h, h @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hat, rms, h, out = forward(params, X)
    e = (out - Y) / len(X)
    dy = e @ params["W2"].T * (1 - h * h)
    g = params["gain"] * dy if right else dy
    dz = (g - hat * np.mean(g * hat, axis=1, keepdims=True)) / rms
    return {"W1": X.T @ dz, "gain": np.sum(dy * hat, axis=0), "W2": h.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
