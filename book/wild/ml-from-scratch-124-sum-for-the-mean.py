"""The gradient of a logistic regression is the sum over the samples."""

import numpy as np

SOURCE = "https://github.com/eriklindernoren/ML-From-Scratch/issues/124"
THREAD = "eriklindernoren/ML-From-Scratch #124"
DATE = "2025-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = \sum_i (a_i - y_i)\, x_i"
RIGHT = r"\partial C / \partial w = \frac1m \sum_i (a_i - y_i)\, x_i"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-missing"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """A vector of weights, and no bias."""
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, SAMPLES).astype(float)


def cost(params, X, Y):
    p = sigmoid(X @ params)
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    return (sigmoid(X @ params) - Y) @ X / (len(X) if right else 1)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
