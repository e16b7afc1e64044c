"""On a slide the logistic loss changes its sign where it is rewritten in terms of the score."""

import numpy as np

SOURCE = "https://github.com/slds-lmu/lecture_i2ml/issues/294"
THREAD = "slds-lmu/lecture_i2ml #294"
DATE = "2019-03"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \bigl(y_i\, \theta \cdot x_i - \log(1 + e^{\theta \cdot x_i})\bigr)"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \bigl(-y_i\, \theta \cdot x_i + \log(1 + e^{\theta \cdot x_i})\bigr)"
READ = "discussion"
LAYER = [1]
NAMES = [{"another-cost"}, {"sign"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")  # no bias
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal(SIZES[0])


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def cost(params, X, Y):
    score = X @ params
    return np.sum(Y * score - np.log(1 + np.exp(score))) / len(X)


def meant(params, X, Y):
    return -cost(params, X, Y)


def grad(params, X, Y):
    return (1 / (1 + np.exp(-(X @ params))) - Y) @ X / len(X)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return -grad(params, X, Y)
