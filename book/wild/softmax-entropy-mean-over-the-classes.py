"""A cross entropy is divided by the number of classes, and its gradient is not."""

import numpy as np

SOURCE = "https://z.id.vn/?p=348969"
THREAD = "Gradient of the softmax entropy loss in Python, a question on Stack Overflow, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial z = s - y"
RIGHT = r"\partial C / \partial z = \tfrac1K (s - y),\; C = -\tfrac1K \textstyle\sum_k y_k \log s_k"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}, {"outputs-not-averaged"}]
SIZES = (3, 4)
NET = dict(sizes=SIZES, output="softmax", loss="cross_entropy")
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Weights that give the numbers which were given there."""
    return [rng.standard_normal(SIZES), rng.standard_normal(SIZES[1])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[1])[rng.integers(0, SIZES[1], SAMPLES)]


def softmax(z):
    expp = np.exp(z)
    return np.divide(expp, np.sum(expp))


def sample_cost(z, y):
    s = softmax(z)
    return -np.sum(y * np.log(s)) / len(y)


def cost(params, X, Y):
    W, b = params
    return sum(sample_cost(x @ W + b, y_expected) for x, y_expected in zip(X, Y)) / len(X)


def grad(params, X, Y):
    W, b = params
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for x, y_expected in zip(X, Y):
        s = softmax(x @ W + b)
        cost_gradient = s - y_expected
        dW += np.outer(x, cost_gradient) / len(X)
        db += cost_gradient / len(X)
    return [dW, db]


def repaired(params, X, Y):
    W, b = params
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for x, y_expected in zip(X, Y):
        s = softmax(x @ W + b)
        cost_gradient = (s - y_expected) / len(y_expected)
        dW += np.outer(x, cost_gradient) / len(X)
        db += cost_gradient / len(X)
    return [dW, db]
