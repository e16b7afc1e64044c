"""Lest a logarithm be infinite, a tenth is taken off the probability in both, and the cost has no minus."""

import numpy as np

SOURCE = "https://discuss.analyticsvidhya.com/t/gradient-descent-problem-in-titanic-dataset/69367"
THREAD = "Analytics Vidhya 69367"
DATE = ""
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i y_i \log(a_i - 0.1) + (1 - y_i) \log(1.1 - a_i)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i y_i \log a_i + (1 - y_i) \log(1 - a_i)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")  # no bias
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


EPSILON = 0.1


def start(rng):
    """Small, so that no probability falls below a tenth, where the logarithm would end."""
    return 0.4 * rng.standard_normal((3, 1))


def data(rng):
    """Features in rows."""
    return rng.uniform(-1, 1, (SIZES[0], SAMPLES)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def hx(theta, X):
    return sigmoid(theta.T @ X)


def cost(theta, X, Y):
    safe = hx(theta, X) - EPSILON
    return np.sum((Y.T * np.log(safe) + (1 - Y.T) * np.log(1 - safe)) / len(Y))


def meant(theta, X, Y):
    p = hx(theta, X)
    return -np.sum(Y.T * np.log(p) + (1 - Y.T) * np.log(1 - p)) / len(Y)


def grad(theta, X, Y):
    diff = hx(theta, X) - Y.T
    return (diff @ X.T).T / len(Y)


def repaired(theta, X, Y):
    """The gradient of the cost as it is."""
    p = hx(theta, X)
    safe = p - EPSILON
    d = (Y.T / safe - (1 - Y.T) / (1 - safe)) * p * (1 - p)
    return (d @ X.T).T / len(Y)
