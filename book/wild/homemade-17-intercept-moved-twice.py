"""A step of a linear regression moves the intercept twice, and the penalty, which leaves it out, pulls at it."""

import numpy as np

SOURCE = "https://github.com/trekhleb/homemade-machine-learning/issues/17"
THREAD = "trekhleb/homemade-machine-learning #17"
DATE = "2019-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta_0 = \tfrac2m \textstyle\sum_i (a_i - y_i) + \tfrac{\lambda}{m} \theta_0"
RIGHT = r"\partial C / \partial \theta_0 = \tfrac1m \textstyle\sum_i (a_i - y_i)"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"factor", "bias-regularised"}, {"factor", "penalty"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.7


def start(rng):
    """The intercept is the first entry."""
    return rng.standard_normal((SIZES[0] + 1, 1))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def with_ones(X):
    return np.hstack([np.ones((len(X), 1)), X])


def cost(params, X, Y):
    delta = with_ones(X) @ params - Y
    return (np.sum(delta**2) + LAM * np.sum(params[1:] ** 2)) / (2 * len(X))


def backward(params, X, Y, right):
    """What a step takes off the parameters, without the rate."""
    x = with_ones(X)
    delta = x @ params - Y
    step = (delta.T @ x).T / len(X)
    pull = LAM / len(X) * params
    if right:
        pull[0] = 0
        return step + pull
    again = np.zeros_like(params)
    again[0] = x[:, 0] @ delta / len(X)
    return step + pull + again


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
