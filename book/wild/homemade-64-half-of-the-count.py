"""Brackets are missing below a fraction line, and a squared error is multiplied by half of the number of samples."""

import numpy as np

SOURCE = "https://github.com/trekhleb/homemade-machine-learning/pull/64"
THREAD = "trekhleb/homemade-machine-learning PR #64, #57"
DATE = "2026-07"
KIND = "cost"
FORMULA = r"C = \tfrac{m}{2} \bigl(\textstyle\sum_i (a_i - y_i)^2 + \lambda \sum_{j \ge 1} \theta_j^2\bigr)"
RIGHT = r"C = \tfrac{1}{2m} \bigl(\textstyle\sum_i (a_i - y_i)^2 + \lambda \sum_{j \ge 1} \theta_j^2\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"factor"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.7


def start(rng):
    """A column; the intercept is its first entry."""
    return rng.standard_normal((SIZES[0] + 1, 1))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def with_ones(X):
    return np.hstack([np.ones((len(X), 1)), X])


def both_sums(theta, X, Y):
    delta = with_ones(X) @ theta - Y
    theta_cut = theta[1:, 0]
    return (delta.T @ delta + LAM * theta_cut.T @ theta_cut)[0, 0]


def cost(params, X, Y):
    return 1 / 2 * len(X) * both_sums(params, X, Y)


def meant(params, X, Y):
    return 1 / (2 * len(X)) * both_sums(params, X, Y)


def grad(params, X, Y):
    """What a step takes off the parameters, without the rate."""
    delta = with_ones(X) @ params - Y
    pull = LAM * params
    pull[0] = 0
    return (with_ones(X).T @ delta + pull) / len(X)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return len(X) ** 2 * grad(params, X, Y)
