"""A sum over a loop is differentiated, and of all parameters in the array the last alone has a gradient."""

import numpy as np

SOURCE = "https://github.com/tensorflow/swift-apis/issues/394"
THREAD = "tensorflow/swift-apis #394"
DATE = "2019-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_j = \tfrac1m \textstyle\sum_i x_{i,j}\, [j = n]"
RIGHT = r"\partial C / \partial w_j = \tfrac1m \textstyle\sum_i x_{i,j}"
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = []
COUNT = 5
NET = None  # the output itself is differentiated
BLOCKS = ["w[1]"] * COUNT
SAMPLES = 7
LAM = 0.0


def start(rng):
    """An array of numbers."""
    return [rng.standard_normal(()) for _ in range(COUNT)]


def data(rng):
    """There are no targets."""
    return rng.standard_normal((SAMPLES, COUNT)), np.zeros((SAMPLES, 1))


def cost(params, X, Y):
    result = 0.0
    for i in range(COUNT):
        result = result + X[:, i] * params[i]
    return np.sum(result) / len(X)


def backward(params, X, Y, right):
    grads = list(X.sum(0) / len(X))
    return grads if right else [0.0] * (COUNT - 1) + grads[-1:]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
