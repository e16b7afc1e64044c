"""Each weight is changed by the output's delta alone, without the input that comes along it."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/5695726/java-based-neural-network-how-to-implement-backpropagation"
THREAD = "Stack Overflow 5695726"
DATE = "2011-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_k = \frac1m \sum_i (a_i - y_i)\, a_i (1 - a_i)"
RIGHT = r"\partial C / \partial w_k = \frac1m \sum_i (a_i - y_i)\, a_i (1 - a_i)\, x_{i,k}"
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """No biases."""
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def cost(params, X, Y):
    return 0.5 * np.sum((sigmoid(X @ params[0]) - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    o = sigmoid(X @ params[0])
    return [(X if right else np.ones_like(X)).T @ ((o - Y) * o * (1 - o)) / len(X)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
