"""A softmax layer keeps what comes in for its backward pass, not the probabilities."""

import numpy as np

SOURCE = "https://github.com/elcapo/neural-network-from-scratch/commit/378ecdf"
THREAD = "elcapo/neural-network-from-scratch 378ecdf"
DATE = "2026-05"
KIND = "gradient"
FORMULA = r"\delta^2 = z^2 - y"
RIGHT = r"\delta^2 = a^2 - y,\; a^2 = \mathrm{softmax}(z^2)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """A sample is a column."""
    return {
        "W_h": rng.standard_normal((5, 4)),
        "b_h": rng.standard_normal((5, 1)),
        "W_o": rng.standard_normal((3, 5)),
        "b_o": rng.standard_normal((3, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def softmax(z):
    return np.exp(z) / np.exp(z).sum(0, keepdims=True)


def forward(params, X):
    below = params["W_h"] @ X.T + params["b_h"]
    hidden = below * (below.real > 0)
    return hidden, params["W_o"] @ hidden + params["b_o"]


def cost(params, X, Y):
    return -np.sum(Y.T * np.log(softmax(forward(params, X)[1]))) / len(X)


def backward(params, X, Y, right):
    hidden, z = forward(params, X)
    kept = softmax(z) if right else z
    d_out = (kept - Y.T) / len(X)
    d_hidden = params["W_o"].T @ d_out * (hidden > 0)
    return {
        "W_h": d_hidden @ X,
        "b_h": d_hidden.sum(1, keepdims=True),
        "W_o": d_out @ hidden.T,
        "b_o": d_out.sum(1, keepdims=True),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
