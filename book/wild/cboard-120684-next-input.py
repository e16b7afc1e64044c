"""Each weight is changed with the input after its own, and the output's slope is left out."""

import numpy as np

SOURCE = "https://cboard.cprogramming.com/general-ai-programming/120684-simple-backpropagation-algorithm.html"
THREAD = "C Board, Simple BackPropagation Algorithm"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial w_k = \frac1m \sum_i (a_i - y_i)\, x_{i,k+1}"
RIGHT = r"\partial C / \partial w_k = \frac1m \sum_i (a_i - y_i)\, a_i (1 - a_i)\, x_{i,k}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (5, 1)
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
    """Written for one sample; here the mean of a batch. What stands after the last input counts as zero."""
    a = sigmoid(X @ params[0])
    if right:
        return [X.T @ ((a - Y) * a * (1 - a)) / len(X)]
    after = np.column_stack([X[:, 1:], np.zeros(len(X))])
    return [after.T @ (a - Y) / len(X)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
