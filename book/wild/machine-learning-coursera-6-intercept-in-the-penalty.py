"""The cost penalises all parameters of a logistic regression, its gradient all but the intercept."""

import numpy as np

SOURCE = "https://github.com/yhyap/machine-learning-coursera/pull/6"
THREAD = "yhyap/machine-learning-coursera PR #6"
DATE = "2018-02"
KIND = "cost"
FORMULA = r"C = (\cdot) + \tfrac{\lambda}{2m} \textstyle\sum_{j \ge 0} \theta_j^2"
RIGHT = r"C = (\cdot) + \tfrac{\lambda}{2m} \textstyle\sum_{j \ge 1} \theta_j^2"
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.9


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """A column; the bias is its first entry."""
    return rng.standard_normal((SIZES[0] + 1, 1))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def penalised(params, X, Y, first):
    h = sigmoid(with_ones(X) @ params)
    logisf = -Y * np.log(h) - (1 - Y) * np.log(1 - h)
    return np.sum(logisf) / len(X) + LAM / (2 * len(X)) * np.sum(params[first:] ** 2)


def cost(params, X, Y):
    return penalised(params, X, Y, 0)


def meant(params, X, Y):
    return penalised(params, X, Y, 1)


def backward(params, X, Y, first):
    grad = with_ones(X).T @ (sigmoid(with_ones(X) @ params) - Y)
    grad[first:] += LAM * params[first:]
    return grad / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, 1)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, 0)
