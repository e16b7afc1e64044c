"""The documentation of a linear classifier gives a hinge loss without its 1: it punishes the right side."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/20075"
THREAD = "scikit-learn/scikit-learn #20075, PR #20077"
DATE = "2021-05"
KIND = "cost"
FORMULA = r"C = \tfrac12 \lVert w \rVert^2 + c \textstyle\sum_i \max(0, y_i\, (w \cdot x_i + b))"
RIGHT = r"C = \tfrac12 \lVert w \rVert^2 + c \textstyle\sum_i \max(0, 1 - y_i\, (w \cdot x_i + b))"
READ = "discussion"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a hinge loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 12
LAM = 0.0


C = 0.7


def start(rng):
    return {"w": rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], SAMPLES)


def margins(params, X, Y):
    return Y * (X @ params["w"] + params["b"])


def objective(params, loss):
    return 0.5 * np.sum(params["w"] ** 2) + C * np.sum(loss * (loss.real > 0))


def cost(params, X, Y):
    return objective(params, margins(params, X, Y))


def meant(params, X, Y):
    return objective(params, 1 - margins(params, X, Y))


def backward(params, X, slopes):
    return {"w": params["w"] + C * slopes @ X, "b": C * np.array([slopes.sum()])}


def grad(params, X, Y):
    """That of the loss which the program minimises."""
    return backward(params, X, -Y * (margins(params, X, Y) < 1))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y * (margins(params, X, Y) > 0))
