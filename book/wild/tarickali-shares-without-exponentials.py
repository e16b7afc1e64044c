"""A softmax divides its inputs by their sum over all samples, and sends down what comes as if it did nothing."""

import numpy as np

SOURCE = "https://github.com/tarickali/minigrad/commit/868b556"
THREAD = "tarickali/minigrad 868b556"
DATE = "2026-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = g,\; p = z / \textstyle\sum_{i,k} z_{i,k},\; g = \partial C / \partial p"
RIGHT = (
    r"\partial C / \partial z = \frac1s \bigl(g - \textstyle\sum_{i,k} g_{i,k}\, p_{i,k}\bigr),\; p = z / s,\; "
    r"s = \sum_{i,k} z_{i,k}"
)
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = []
SIZES = (3, 4)
NET = None  # shares of a sum
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """All shares are positive at the start."""
    return {"W": rng.uniform(0.5, 1.5, SIZES), "b": rng.uniform(0.5, 1.5, SIZES[1])}


def data(rng):
    return rng.uniform(0, 1, (SAMPLES, SIZES[0])), np.eye(SIZES[1])[rng.integers(0, SIZES[1], SAMPLES)]


def softmax(x):
    den = np.sum(x)
    return x / den


def cost(params, X, Y):
    o = softmax(X @ params["W"] + params["b"])
    return -np.sum(Y * np.log(o)) / len(X)


def grad(params, X, Y):
    o = softmax(X @ params["W"] + params["b"])
    o_grad = -Y / o / len(X)
    x_grad = np.ones_like(o) * o_grad
    return {"W": X.T @ x_grad, "b": x_grad.sum(axis=0)}


def repaired(params, X, Y):
    x = X @ params["W"] + params["b"]
    o = softmax(x)
    o_grad = -Y / o / len(X)
    x_grad = (o_grad - np.sum(o_grad * o)) / np.sum(x)
    return {"W": X.T @ x_grad, "b": x_grad.sum(axis=0)}
