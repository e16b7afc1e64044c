"""The penalty's gradient is a row without the bias, and broadcasting adds it to the bias as well."""

import numpy as np

SOURCE = "https://github.com/ageron/handson-ml/issues/487"
THREAD = "ageron/handson-ml #487"
DATE = "2019-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = \frac2m \sum_i (a_i - y_i) + \alpha w"
RIGHT = r"\partial C / \partial b = \frac2m \sum_i (a_i - y_i)"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = []
NET = dict(sizes=(1, 1), output="identity", loss="mse")
SAMPLES = 7
LAM = 0.7


ALPHA = LAM / SAMPLES  # the penalty is half of this times the square of the weight


def start(rng):
    """The bias, and the one weight."""
    return rng.standard_normal((2, 1))


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def with_ones(X):
    return np.c_[np.ones(len(X)), X]


def cost(theta, X, Y):
    return np.mean((with_ones(X) @ theta - Y) ** 2) + ALPHA / 2 * np.sum(theta[1:] ** 2)


def backward(theta, X, Y, right):
    A = with_ones(X)
    penalty = ALPHA * theta[1:]
    if right:
        penalty = np.r_[[[0.0]], penalty]
    return 2 / len(X) * A.T @ (A @ theta - Y) + penalty


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
