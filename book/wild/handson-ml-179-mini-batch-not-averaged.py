"""A line for one sample is used for a mini-batch, whose size it does not divide by."""

import numpy as np

SOURCE = "https://github.com/ageron/handson-ml/issues/179"
THREAD = "ageron/handson-ml #179"
DATE = "2018-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta = 2 X^\top (X \theta - y)"
RIGHT = r"\partial C / \partial \theta = \frac2m X^\top (X \theta - y)"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-missing"}]
SIZES = (2, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The bias is the first entry."""
    return {"theta": rng.standard_normal((SIZES[0] + 1, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def with_ones(X):
    return np.c_[np.ones((len(X), 1)), X]


def cost(params, X, Y):
    return np.mean((with_ones(X) @ params["theta"] - Y) ** 2)


def backward(params, X, Y, right):
    xi, yi = with_ones(X), Y
    gradients = 2 * xi.T @ (xi @ params["theta"] - yi)
    return {"theta": gradients / len(xi) if right else gradients}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
