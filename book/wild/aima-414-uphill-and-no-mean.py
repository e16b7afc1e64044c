"""A linear regression goes along the error times the inputs the wrong way, and sums where it should average."""

import numpy as np

SOURCE = "https://github.com/aimacode/aima-python/pull/414"
THREAD = "aimacode/aima-python PR #414"
DATE = "2017-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_j = \textstyle\sum_i (y_i - a_i)\, x_{i,j}"
RIGHT = r"\partial C / \partial w_j = -\tfrac1m \textstyle\sum_i (y_i - a_i)\, x_{i,j}"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-missing", "sign"}, {"factor", "sign"}, {"factor"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The weight of the dummy one comes first."""
    return rng.uniform(-0.5, 0.5, SIZES[0] + 1)


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal(SAMPLES)


def with_dummy(X):
    return np.hstack([np.ones((len(X), 1)), X])


def cost(params, X, Y):
    return 0.5 * np.sum((Y - with_dummy(X) @ params) ** 2) / len(X)


def backward(params, X, Y, right):
    """What a step takes off the weights, without the rate."""
    err = Y - with_dummy(X) @ params
    along = with_dummy(X).T @ err
    return -along / len(X) if right else along


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
