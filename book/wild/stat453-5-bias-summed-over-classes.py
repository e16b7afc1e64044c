"""The bias gradient is one sum over samples and classes, so that all biases get the same number, which is zero."""

import numpy as np

SOURCE = "https://github.com/rasbt/stat453-deep-learning-ss21/issues/5"
THREAD = "rasbt/stat453-deep-learning-ss21 #5"
DATE = "2022-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^1_k = \frac1m \sum_i \sum_j (a^1_i - y_i)_j = 0"
RIGHT = r"\partial C / \partial b^1_k = \frac1m \sum_i (a^1_i - y_i)_k"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"bias-axis-missing"}, {"bias-missing"}]
NET = dict(sizes=(4, 3), hidden="softmax", output="softmax", loss="cross_entropy")  # softmax regression, one layer
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"weights": rng.standard_normal((3, 4)), "bias": rng.standard_normal(3)}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def probabilities(params, X):
    e = np.exp(X @ params["weights"].T + params["bias"])
    return e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(probabilities(params, X))) / len(X)


def backward(params, X, Y, right):
    e = (probabilities(params, X) - Y) / len(X)
    return {"weights": (X.T @ e).T, "bias": e.sum(0) if right else np.full(3, e.sum())}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
