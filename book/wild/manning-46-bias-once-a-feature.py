"""The bias of a perceptron is moved within the loop over the features, once for each of them."""

import numpy as np

SOURCE = "https://github.com/luisguiserrano/manning/issues/46"
THREAD = "luisguiserrano/manning #46"
DATE = "2022-10"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial b = \tfrac{n}{m} \textstyle\sum_i (p_i - y_i),\; p_i = [s_i \ge 0],\; s_i = w "
    r"\cdot x_i + b"
)
RIGHT = (
    r"\partial C / \partial b = \tfrac1m \textstyle\sum_i (p_i - y_i),\; p_i = [s_i \ge 0],\; s_i = w "
    r"\cdot x_i + b"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a perceptron's loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    return {"weights": rng.standard_normal(4), "bias": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, SAMPLES).astype(float)


def score(params, X):
    return X @ params["weights"] + params["bias"]


def cost(params, X, Y):
    """The perceptron's loss: the modulus of the score where the label is wrong."""
    s = score(params, X)
    return np.sum(((s.real >= 0) - Y) * s) / len(X)


def backward(params, X, Y, right):
    """What one trick takes off (rate 1), as a mean over the samples."""
    error = ((score(params, X) >= 0) - Y) / len(X)
    weights, bias = np.zeros(4), np.zeros(1)
    for i in range(4):
        weights[i] = error @ X[:, i]
        if not right:
            bias += error.sum()
    return {"weights": weights, "bias": bias if not right else bias + error.sum()}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
