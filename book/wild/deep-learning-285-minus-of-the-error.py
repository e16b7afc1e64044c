"""A reader wants a plus in the step, whose error has the minus already."""

import numpy as np

SOURCE = "https://github.com/udacity/deep-learning/issues/285"
THREAD = "udacity/deep-learning #285"
DATE = "2019-10"
KIND = "right"
FORMULA = r"\partial C / \partial w = \tfrac1m \textstyle\sum_i -(y_i - a_i)\, x_i"
RIGHT = r"\partial C / \partial w = \tfrac1m \textstyle\sum_i (a_i - y_i)\, x_i"
READ = "code"
LAYER = []
NAMES = []
SIZES = (2, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"weights": rng.standard_normal(2), "bias": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def output_formula(params, X):
    return sigmoid(X @ params["weights"] + params["bias"])


def cost(params, X, Y):
    output = output_formula(params, X)
    return np.mean(-Y * np.log(output) - (1 - Y) * np.log(1 - output))


def grad(params, X, Y):
    """What one step takes off, without the rate, as a mean over the samples."""
    d_error = -(Y - output_formula(params, X)) / len(X)
    return {"weights": d_error @ X, "bias": np.array([d_error.sum()])}


repaired = grad
