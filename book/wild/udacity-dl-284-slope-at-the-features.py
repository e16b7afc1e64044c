"""A repair takes the slope of the sigmoid at the features, one slope for each of them."""

import numpy as np

SOURCE = "https://github.com/udacity/deep-learning/pull/284"
THREAD = "udacity/deep-learning PR #284"
DATE = "2019-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_j = \tfrac1m \textstyle\sum_i (a_i - y_i)\, \sigma'(x_{i,j})\, x_{i,j}"
RIGHT = r"\partial C / \partial w_j = \tfrac1m \textstyle\sum_i (a_i - y_i)\, \sigma'(z_i)\, x_{i,j}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (6, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="half_squared")  # no bias
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return rng.standard_normal(SIZES[0])


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def cost(weights, X, Y):
    return 0.5 * np.sum((sigmoid(X @ weights) - Y) ** 2) / len(X)


def error_term(x, y, output, right):
    if right:
        return (y - output) * output * (1 - output)
    return (y - output) * sigmoid(x) * (1 - sigmoid(x))


def backward(weights, X, Y, right):
    """What the sum over the records adds to the weights, with a minus and without the rate."""
    del_w = np.zeros(weights.shape)
    for x, y in zip(X, Y):
        del_w += error_term(x, y, sigmoid(x @ weights), right) * x
    return -del_w / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
