"""By hand the derivative of a squared error is the feature minus the target, and parameter and factor are lost."""

import numpy as np

SOURCE = "https://github.com/ADGEfficiency/teaching-monolith/issues/1"
THREAD = "ADGEfficiency/teaching-monolith #1"
DATE = "2019-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta = \tfrac1m \textstyle\sum_i (x_i^2 - y_i)"
RIGHT = r"\partial C / \partial \theta = \tfrac1m \textstyle\sum_i (\theta x_i^2 - y_i)\, x_i^2"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # a parabola
BLOCKS = ["theta[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return np.array([rng.standard_normal()])


def data(rng):
    x = rng.standard_normal((SAMPLES, 1))
    return x, 3 * x**2 + 0.1 * rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    return 0.5 * np.sum((X**2 * params - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    each = (X**2 * params - Y) * X**2 if right else X**2 - Y
    return each.sum(0) / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
