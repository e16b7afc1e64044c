"""Samples whose label is to be ignored are left out of the loss, and still have a gradient."""

import numpy as np

SOURCE = "https://github.com/itsubaki/autograd/commit/538c630"
THREAD = "itsubaki/autograd, commit 538c630"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\delta^2 = \tfrac{1}{N} (a^2 - y)\ \text{for all samples},\; y = 0\ \text{where the label is ignored}"
RIGHT = (
    r"\delta^2 = \tfrac{1}{N} (a^2 - y)\ \text{where the label counts},\; \delta^2 = 0\ \text{where it is "
    r"ignored}"
)
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = None  # labels that do not count
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    """Three labels are to be ignored: they have no entry in Y."""
    labels = rng.integers(0, SIZES[-1], SAMPLES)
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[labels] * (np.arange(SAMPLES) > 2)[:, None]


def forward(params, X):
    h = np.tanh(X @ params["W1"] + params["b1"])
    e = np.exp(h @ params["W2"] + params["b2"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / np.sum(Y)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    counts = Y.sum(1, keepdims=True) if right else 1.0
    d2 = (p - Y) * counts / np.sum(Y)
    d1 = d2 @ params["W2"].T * (1 - h * h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
