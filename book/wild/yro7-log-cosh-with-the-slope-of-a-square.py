"""The logarithm of a hyperbolic cosine has the derivative of a square."""

import numpy as np

SOURCE = "https://github.com/yro7/Modular-MLP-from-Scratch/commit/3655a2e"
THREAD = "yro7/Modular-MLP-from-Scratch 3655a2e"
DATE = "2025-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = 2\, (a - y),\; C = \textstyle\sum \log \cosh(a - y)"
RIGHT = r"\partial C / \partial a = \tanh(a - y),\; C = \textstyle\sum \log \cosh(a - y)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = None  # a logarithm of a hyperbolic cosine
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Samples are columns, as in the program."""
    return {
        "W1": rng.standard_normal((4, 3)),
        "b1": rng.standard_normal((4, 1)),
        "W2": rng.standard_normal((2, 4)),
        "b2": rng.standard_normal((2, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    hidden = np.tanh(params["W1"] @ X.T + params["b1"])
    return hidden, params["W2"] @ hidden + params["b2"]


def cost(params, X, Y):
    return np.sum(np.log(np.cosh(forward(params, X)[1] - Y.T)))


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    e = out - Y.T
    d2 = np.tanh(e) if right else 2 * e
    d1 = params["W2"].T @ d2 * (1 - hidden**2)
    return {"W1": d1 @ X, "b1": d1.sum(1, keepdims=True), "W2": d2 @ hidden.T, "b2": d2.sum(1, keepdims=True)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
