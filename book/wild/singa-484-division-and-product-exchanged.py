"""The backward pass of a quotient divides by the numerator, and multiplies by the denominator."""

import numpy as np

SOURCE = "https://github.com/apache/singa/pull/484"
THREAD = "apache/singa PR #484"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\partial (a / b) / \partial a = 1 / a,\; \partial (a / b) / \partial b = b"
RIGHT = r"\partial (a / b) / \partial a = 1 / b,\; \partial (a / b) / \partial b = -a / b^2"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = None  # a softmax written as a quotient
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
    """The softmax is a quotient of exponentials and their sum."""
    h = np.tanh(X @ params["W1"] + params["b1"])
    top = np.exp(h @ params["W2"] + params["b2"])
    return h, top, top.sum(1, keepdims=True)


def cost(params, X, Y):
    _, top, below = forward(params, X)
    return -np.sum(Y * np.log(top / below)) / len(X)


def backward(params, X, Y, right):
    h, top, below = forward(params, X)
    g = -Y / (top / below) / len(X)
    d_top = g / below if right else g / top
    d_below = -g * top / below**2 if right else g * below
    d2 = (d_top + d_below.sum(1, keepdims=True)) * top
    d1 = d2 @ params["W2"].T * (1 - h * h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
