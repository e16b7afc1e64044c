"""Lecture notes add the penalty's part to the parameters, where the step takes the gradient off."""

import numpy as np

SOURCE = "https://github.com/fengdu78/Coursera-ML-AndrewNg-Notes/pull/13"
THREAD = "fengdu78/Coursera-ML-AndrewNg-Notes PR #13"
DATE = "2018-05"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \theta_j = \tfrac1m \textstyle\sum_i (h_i - y_i)\, x_{i,j} - "
    r"\tfrac{\lambda}{m} \theta_j"
)
RIGHT = (
    r"\partial C / \partial \theta_j = \tfrac1m \textstyle\sum_i (h_i - y_i)\, x_{i,j} + "
    r"\tfrac{\lambda}{m} \theta_j"
)
READ = "discussion"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
NET = dict(sizes=(3, 1), output="identity", loss="half_squared")
SAMPLES = 9
LAM = 0.7


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def cost(theta, X, Y):
    errors = with_ones(X) @ theta - Y
    return (np.sum(errors**2) + LAM * np.sum(theta[1:] ** 2)) / (2 * len(X))


def backward(theta, X, Y, right):
    """The notes have the rate in the brackets, which are missing: here the part of the penalty has the other sign."""
    D = with_ones(X)
    penalty = LAM * np.append(0, theta[1:])
    return (D.T @ (D @ theta - Y) + (penalty if right else -penalty)) / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
