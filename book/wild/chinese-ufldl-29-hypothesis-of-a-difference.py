"""A bracket of the logistic gradient is closed too late: the label is taken off the input."""

import numpy as np

SOURCE = "https://github.com/ysh329/Chinese-UFLDL-Tutorial/issues/29"
THREAD = "ysh329/Chinese-UFLDL-Tutorial #29"
DATE = "2017-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta_j = \textstyle\sum_i x_{i,j}\, h_\theta(x_i - y_i)"
RIGHT = r"\partial C / \partial \theta_j = \textstyle\sum_i x_{i,j}\, (h_\theta(x_i) - y_i)"
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 1), output="sigmoid", loss="binary_cross_entropy")  # no biases
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(3)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def h(theta, X):
    return 1 / (1 + np.exp(-X @ theta))


def cost(theta, X, Y):
    """The tutorial has no mean."""
    p = h(theta, X)
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def grad(theta, X, Y):
    return X.T @ h(theta, X - Y[:, None])


def repaired(theta, X, Y):
    return X.T @ (h(theta, X) - Y)
