"""In a logistic regression the weights' gradient is a mean over the samples and the bias's a sum."""

import numpy as np

SOURCE = "https://github.com/SingleZombie/DL-Demos/pull/2"
THREAD = "SingleZombie/DL-Demos PR #2"
DATE = "2022-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = \textstyle\sum_i (a_i - y_i)"
RIGHT = r"\partial C / \partial b = \frac1m \sum_i (a_i - y_i)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"bias-mean-missing"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"w": rng.standard_normal((SIZES[0], 1)), "b": rng.standard_normal(1)}


def data(rng):
    """A column for each sample."""
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (1, SAMPLES)).astype(float)


def cost(params, X, Y):
    A = sigmoid(params["w"].T @ X + params["b"])
    return np.mean(-(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


def backward(params, X, Y, right):
    d_Z = sigmoid(params["w"].T @ X + params["b"]) - Y
    d_w = np.mean(X * d_Z, 1, keepdims=True)
    return {"w": d_w, "b": np.array([np.mean(d_Z) if right else np.sum(d_Z)])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
