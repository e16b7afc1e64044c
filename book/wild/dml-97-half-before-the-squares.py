"""A reader misses the two of the square in a gradient, whose cost has a half before it."""

import numpy as np

SOURCE = "https://github.com/Open-Deep-ML/DML-OpenProblem/issues/97"
THREAD = "Open-Deep-ML/DML-OpenProblem #97"
DATE = "2024-10"
KIND = "right"
FORMULA = r"\partial C / \partial \theta = \tfrac1m X^\top (X \theta - y)"
RIGHT = r"\partial C / \partial \theta \text{ of } \tfrac{1}{2m} \lVert X \theta - y \rVert^2"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (2, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The intercept comes first."""
    return rng.standard_normal((3, 1))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def with_ones(X):
    return np.c_[np.ones(len(X)), X]


def cost(theta, X, Y):
    return np.sum((with_ones(X) @ theta - Y) ** 2) / (2 * len(X))


def grad(theta, X, Y):
    errors = with_ones(X) @ theta - Y
    return with_ones(X).T @ errors / len(X)


repaired = grad
