"""The penalty is the sum of the squares without a half, and its gradient has no two."""

import numpy as np

SOURCE = "https://github.com/jingtinghuang/CS231n-Spring-2017/issues/3"
THREAD = "jingtinghuang/CS231n-Spring-2017 #3"
DATE = "2018-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\cdot) + \lambda W"
RIGHT = r"\partial C / \partial W = (\cdot) + 2 \lambda W"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
NET = None  # the hinge loss of several classes; no biases
BLOCKS = ["W[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.standard_normal((4, 3))


def data(rng):
    sizes = (4, 3)
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


REG = 0.3


def margins(W, X, Y):
    scores = X @ W
    margin = scores - np.sum(scores * Y, 1, keepdims=True) + 1
    return np.where((margin.real > 0) & (Y == 0), margin, 0)


def cost(W, X, Y):
    return np.sum(margins(W, X, Y)) / len(X) + REG * np.sum(W**2)


def backward(W, X, Y, right):
    hit = (margins(W, X, Y) > 0).astype(float)
    return X.T @ (hit - Y * hit.sum(1, keepdims=True)) / len(X) + (2 if right else 1) * REG * W


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
