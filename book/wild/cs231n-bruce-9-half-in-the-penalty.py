"""A reader asks for a 2 in the gradient of the penalty, whose cost has the half that takes it away."""

import numpy as np

SOURCE = "https://github.com/bruceoutdoors/CS231n/issues/9"
THREAD = "bruceoutdoors/CS231n #9"
DATE = "2018-12"
KIND = "right"
FORMULA = r"\partial C / \partial W = (\cdot) + \lambda W"
RIGHT = r"\partial C / \partial W \text{ of } (\cdot) + \tfrac{\lambda}{2} \lVert W \rVert^2"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a hinge loss
BLOCKS = ["W[1]"]
SAMPLES = 9
LAM = 0.0

REG = 0.3


def start(rng):
    return {"W": rng.standard_normal((4, 3))}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def margins(W, X, Y):
    scores = X @ W
    return (scores - np.sum(scores * Y, 1, keepdims=True) + 1) * (1 - Y)


def cost(params, X, Y):
    m = margins(params["W"], X, Y)
    return np.sum(m * (m.real > 0)) / len(X) + 0.5 * REG * np.sum(params["W"] ** 2)


def backward(params, X, Y):
    mask = (margins(params["W"], X, Y) > 0) * 1.0
    mask = mask - Y * mask.sum(1, keepdims=True)
    return {"W": X.T @ mask / len(X) + REG * params["W"]}


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
