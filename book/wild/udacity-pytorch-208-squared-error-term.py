"""The error function is the log-loss, and the step has the slope of the squared error as well."""

import numpy as np

SOURCE = "https://github.com/udacity/deep-learning-v2-pytorch/issues/208"
THREAD = "udacity/deep-learning-v2-pytorch #208"
DATE = "2019-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = \frac1m \sum_i (a_i - y_i)\, a_i (1 - a_i)\, x_i"
RIGHT = r"\partial C / \partial w = \frac1m \sum_i (a_i - y_i)\, x_i"
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = [{"output-slope-twice"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"weights": rng.standard_normal(4)}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, SAMPLES).astype(float)


def cost(params, X, Y):
    p = sigmoid(X @ params["weights"])
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    p = sigmoid(X @ params["weights"])
    return {"weights": ((p - Y) * (1 if right else p * (1 - p))) @ X / len(X)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
