"""In the gradient of a multiclass hinge loss a reader wonders why the right class gets minus a count of the others."""

import numpy as np

SOURCE = "https://github.com/mantasu/cs231n/issues/9"
THREAD = "mantasu/cs231n #9"
DATE = "2023-12"
KIND = "right"
FORMULA = r"\partial C / \partial s_{iy} = -\textstyle\sum_j [s_{ij} - s_{iy} + 1 > 0]"
RIGHT = r"\partial C / \partial s_{iy} \text{ of } \textstyle\sum_{j \ne y} \max(0, s_{ij} - s_{iy} + 1)"
READ = "code"
LAYER = []
NAMES = []
SIZES = (4, 3)
NET = None  # a hinge loss
BLOCKS = ["W[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [rng.standard_normal((4, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def margins(W, X, Y):
    scores = X @ W
    return (scores - np.sum(scores * Y, 1, keepdims=True) + 1) * (1 - Y)


def cost(params, X, Y):
    m = margins(params[0], X, Y)
    return np.sum(m * (m.real > 0)) / len(X)


def backward(params, X, Y):
    mask = (margins(params[0], X, Y) > 0) * 1.0
    return [X.T @ (mask - Y * mask.sum(1, keepdims=True)) / len(X)]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
