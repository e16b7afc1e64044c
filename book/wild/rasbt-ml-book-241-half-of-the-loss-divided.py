"""A division by the number of samples stands behind the second of two terms, and should apply to both."""

import numpy as np

SOURCE = "https://github.com/rasbt/machine-learning-book/pull/241"
THREAD = "rasbt/machine-learning-book PR #241"
DATE = "2026-04"
KIND = "cost"
FORMULA = r"C = -\textstyle\sum_i y_i \log a_i - \tfrac1m \sum_i (1 - y_i) \log(1 - a_i)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \bigl(y_i \log a_i + (1 - y_i) \log(1 - a_i)\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"w_": rng.standard_normal(SIZES[0]), "b_": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def activation(params, X):
    return sigmoid(X @ params["w_"] + params["b_"])


def cost(params, X, Y):
    output = activation(params, X)
    return -Y @ np.log(output) - (1 - Y) @ np.log(1 - output) / len(X)


def meant(params, X, Y):
    output = activation(params, X)
    return (-Y @ np.log(output) - (1 - Y) @ np.log(1 - output)) / len(X)


def backward(errors, X):
    return {"w_": X.T @ errors / len(X), "b_": np.array([errors.mean()])}


def grad(params, X, Y):
    return backward(activation(params, X) - Y, X)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    output = activation(params, X)
    return backward(len(X) * Y * (output - 1) + (1 - Y) * output, X)
