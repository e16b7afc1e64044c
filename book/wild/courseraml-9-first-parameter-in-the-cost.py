"""The penalty of the cost has the first parameter in it, and that of the gradient has not."""

import numpy as np

SOURCE = "https://github.com/kaleko/CourseraML/issues/9"
THREAD = "kaleko/CourseraML #9"
DATE = "2018-03"
KIND = "cost"
FORMULA = r"C = (\cdot) + \tfrac{\lambda}{2m} \textstyle\sum_{j \ge 0} \theta_j^2"
RIGHT = r"C = (\cdot) + \tfrac{\lambda}{2m} \textstyle\sum_{j \ge 1} \theta_j^2"
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"bias-regularised"}, {"another-cost"}]
NET = dict(sizes=(3, 1), output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.5


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def h(theta, X):
    return 1 / (1 + np.exp(-with_ones(X) @ theta))


def mean_loss(theta, X, Y):
    p = h(theta, X)
    return (np.log(p) @ -Y - np.log(1 - p) @ (1 - Y)) / len(X)


def cost(theta, X, Y):
    return mean_loss(theta, X, Y) + theta @ theta * LAM / (2 * len(X))


def meant(theta, X, Y):
    return mean_loss(theta, X, Y) + theta[1:] @ theta[1:] * LAM / (2 * len(X))


def backward(theta, X, Y, first):
    g = with_ones(X).T @ (h(theta, X) - Y) / len(X)
    penalised = theta.copy()
    penalised[0] *= first
    return g + penalised * LAM / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, first=0)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, first=1)
