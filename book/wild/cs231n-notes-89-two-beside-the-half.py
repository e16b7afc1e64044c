"""A loss comes with half of the penalty in the lecture notes, and a reader adds the gradient from the notes to it."""

import numpy as np

SOURCE = "https://github.com/cs231n/cs231n.github.io/issues/89"
THREAD = "cs231n/cs231n.github.io #89"
DATE = "2016-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\cdot) + 2 \lambda W,\; C = (\cdot) + \tfrac{\lambda}{2} \lVert W \rVert^2"
RIGHT = r"\partial C / \partial W = (\cdot) + \lambda W,\; C = (\cdot) + \tfrac{\lambda}{2} \lVert W \rVert^2"
READ = "discussion"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
NET = None  # a hinge loss
BLOCKS = ["W[1]"]
SAMPLES = 9
LAM = 0.0

REG = 0.4


def start(rng):
    return rng.standard_normal((4, 3))


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def margins(W, X, Y):
    scores = X @ W
    return (scores - np.sum(scores * Y, 1, keepdims=True) + 1) * (1 - Y)


def cost(params, X, Y):
    m = margins(params, X, Y)
    return np.sum(m * (m.real > 0)) / len(X) + 0.5 * REG * np.sum(params * params)


def backward(params, X, Y, right):
    mask = (margins(params, X, Y) > 0) * 1.0
    mask = mask - Y * mask.sum(1, keepdims=True)
    return X.T @ mask / len(X) + (1 if right else 2) * REG * params


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
