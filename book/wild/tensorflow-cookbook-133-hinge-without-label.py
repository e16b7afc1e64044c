"""The loss of a linear classifier is written without the labels, though the program has them."""

import numpy as np

SOURCE = "https://github.com/nfmcclure/tensorflow_cookbook/pull/133"
THREAD = "nfmcclure/tensorflow_cookbook PR #133"
DATE = "2018-06"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \max(0, 1 - A \cdot x_i - b) + \alpha \lVert A \rVert^2"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \max(0, 1 - y_i\, (A \cdot x_i + b)) + \alpha \lVert A \rVert^2"
READ = "discussion"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a hinge loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 12
LAM = 0.0


ALPHA = 0.01


def start(rng):
    return {"A": rng.standard_normal((2, 1)), "b": rng.standard_normal((1, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.choice([-1.0, 1.0], (SAMPLES, 1))


def loss(params, X, labels):
    term = 1 - labels * (X @ params["A"] + params["b"])
    return np.mean(term * (term.real > 0)) + ALPHA * np.sum(params["A"] ** 2)


def cost(params, X, Y):
    return loss(params, X, 1)


def meant(params, X, Y):
    return loss(params, X, Y)


def backward(params, X, labels):
    counts = (labels * (X @ params["A"] + params["b"]) < 1) / len(X)
    slopes = -labels * counts
    return {"A": X.T @ slopes + 2 * ALPHA * params["A"], "b": slopes.sum(0, keepdims=True)}


def grad(params, X, Y):
    """That of the loss in the program."""
    return backward(params, X, Y)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, 1)
