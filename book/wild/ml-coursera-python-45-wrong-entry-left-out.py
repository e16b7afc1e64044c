"""Of the parameters of a logistic regression the second is left out of the penalty's gradient instead of the first."""

import numpy as np

SOURCE = "https://github.com/dibgerge/ml-coursera-python-assignments/issues/45"
THREAD = "dibgerge/ml-coursera-python-assignments #45"
DATE = "2019-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta_j = (\cdot) + \tfrac{\lambda}{m} \theta_j\, [j \ne 1]"
RIGHT = r"\partial C / \partial \theta_j = (\cdot) + \tfrac{\lambda}{m} \theta_j\, [j \ne 0]"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.8


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """A vector; the bias is its first entry."""
    return rng.standard_normal(SIZES[0] + 1)


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def cost(params, X, Y):
    h = sigmoid(with_ones(X) @ params)
    return (-Y @ np.log(h) - (1 - Y) @ np.log(1 - h)) / len(X) + LAM / (2 * len(X)) * (params[1:] @ params[1:])


def backward(params, X, Y, right):
    x = with_ones(X)
    theta_zero = params.copy()
    theta_zero[0 if right else 1] = 0
    return (sigmoid(x @ params) - Y) @ x / len(X) + LAM / len(X) * theta_zero


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
