"""The reference values of an exercise are half of the gradient: a 2 is left in the denominator."""

import numpy as np

SOURCE = "https://github.com/42-AI/bootcamp_machine-learning/issues/20"
THREAD = "42-AI/bootcamp_machine-learning #20"
DATE = "2020-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta = \frac{1}{2m} \sum_i (a_i - y_i)\, x_i"
RIGHT = r"\partial C / \partial \theta = \frac1m \sum_i (a_i - y_i)\, x_i"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}, {"two-missing"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def cost(params, X, Y):
    return 0.5 * np.sum((X @ params[0] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    return [X.T @ (X @ params[0] - Y) / len(X) / (1 if right else 2)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
