"""A tutorial on one neuron writes the slope of the sigmoid as for an output and puts the sum that goes in."""

import numpy as np

SOURCE = "https://github.com/karpathy/karpathy.github.io/pull/13"
THREAD = "karpathy/karpathy.github.io PR #13"
DATE = "2015-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = z\, (1 - z)"
RIGHT = r"\partial C / \partial z = a\, (1 - a)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-formula-of-z"}]
NET = None  # the output itself is differentiated
BLOCKS = ["W[1]", "W[1]", "b[1]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"a": rng.standard_normal(1), "b": rng.standard_normal(1), "c": rng.standard_normal(1)}


def data(rng):
    """Two inputs; there is no loss, and so no target counts."""
    return rng.standard_normal((SAMPLES, 2)), np.zeros((SAMPLES, 1))


def forward(params, X):
    q = params["a"] * X[:, 0] + params["b"] * X[:, 1] + params["c"]
    return q, sigmoid(q)


def cost(params, X, Y):
    return np.sum(forward(params, X)[-1]) / len(X)


def backward(params, X, Y, right):
    q, f = forward(params, X)
    dq = (f * (1 - f) if right else q * (1 - q)) / len(X)
    return {"a": np.array([dq @ X[:, 0]]), "b": np.array([dq @ X[:, 1]]), "c": np.array([dq.sum()])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
