"""In printed notes a bracket is closed too late, and each sample adds the whole penalty."""

import numpy as np

SOURCE = "https://github.com/fengdu78/Coursera-ML-AndrewNg-Notes/issues/92"
THREAD = "fengdu78/Coursera-ML-AndrewNg-Notes #92"
DATE = "2021-10"
KIND = "cost"
FORMULA = r"C = \tfrac{1}{2m} \textstyle\sum_i \bigl[(h_i - y_i)^2 + \lambda \textstyle\sum_j \theta_j^2\bigr]"
RIGHT = r"C = \tfrac{1}{2m} \bigl[\textstyle\sum_i (h_i - y_i)^2 + \lambda \textstyle\sum_j \theta_j^2\bigr]"
READ = "discussion"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = dict(sizes=(3, 1), output="identity", loss="half_squared")
SAMPLES = 9
LAM = 0.6


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def objective(theta, X, Y, times):
    errors = with_ones(X) @ theta - Y
    return (np.sum(errors**2) + times * LAM * np.sum(theta[1:] ** 2)) / (2 * len(X))


def cost(theta, X, Y):
    return objective(theta, X, Y, times=len(X))


def meant(theta, X, Y):
    return objective(theta, X, Y, times=1)


def backward(theta, X, Y, times):
    D = with_ones(X)
    return (D.T @ (D @ theta - Y) + times * LAM * np.append(0, theta[1:])) / len(X)


def grad(theta, X, Y):
    return backward(theta, X, Y, times=1)


def repaired(theta, X, Y):
    """The gradient of the cost as it is."""
    return backward(theta, X, Y, times=len(X))
