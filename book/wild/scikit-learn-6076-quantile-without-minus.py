"""In the quantile loss the errors below the quantile count with the wrong sign."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/6076"
THREAD = "scikit-learn/scikit-learn #6076"
DATE = "2015-12"
KIND = "cost"
FORMULA = r"C = \frac1m \bigl(\alpha \sum_{y > a} (y - a) + (1 - \alpha) \sum_{y \le a} (y - a)\bigr)"
RIGHT = r"C = \frac1m \bigl(\alpha \sum_{y > a} (y - a) + (1 - \alpha) \sum_{y \le a} (a - y)\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
SIZES = (3, 1)
NET = None  # a quantile loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0

ALPHA = 0.9


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def weighted(params, X, Y, sign):
    ((W, b),) = params
    d = Y - (X @ W + b)
    return np.sum(np.where(d.real > 0, ALPHA * d, sign * (1 - ALPHA) * d)) / len(X)


def cost(params, X, Y):
    return weighted(params, X, Y, 1)


def meant(params, X, Y):
    return weighted(params, X, Y, -1)


def gradient(params, X, Y, below):
    ((W, b),) = params
    g = np.where(Y > X @ W + b, -ALPHA, below) / len(X)
    return [(X.T @ g, g.sum(0))]


def grad(params, X, Y):
    """That of the cost that was meant."""
    return gradient(params, X, Y, 1 - ALPHA)


def repaired(params, X, Y):
    return gradient(params, X, Y, ALPHA - 1)
