"""The second partial derivative of a quotient divides two auxiliary values that are each other's negative."""

import numpy as np

SOURCE = "https://github.com/tqchen/tinyflow/pull/20"
THREAD = "tqchen/tinyflow PR #20"
DATE = "2018-10"
KIND = "gradient"
FORMULA = r"g\, \partial (a / b) / \partial b = \frac{g a}{-g a} = -1"
RIGHT = r"g\, \partial (a / b) / \partial b = \frac{-g a}{b^2}"
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
    h = np.tanh(X @ params["W1"] + params["b1"])
    a = np.exp(h @ params["W2"] + params["b2"])
    return h, a, np.sum(a, axis=1, keepdims=True)


def cost(params, X, Y):
    """Squares of the errors behind a softmax that is a quotient."""
    _, a, b = forward(params, X)
    return np.sum((a / b - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, a, b = forward(params, X)
    g = 2 * (a / b - Y) / len(X)
    n1 = g * a
    n2 = -n1
    of_b = n2 / b**2 if right else n1 / n2
    d2 = (g / b + of_b.sum(1, keepdims=True)) * a
    d1 = d2 @ params["W2"].T * (1 - h * h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
