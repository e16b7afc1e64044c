"""A gradient that is right for one sample is used for a small batch, and not divided by its size."""

import numpy as np

SOURCE = "https://github.com/cloudxlab/ml/pull/14"
THREAD = "cloudxlab/ml PR #14"
DATE = "2020-06"
KIND = "gradient"
FORMULA = r"g = 2\, X^\top (X \theta - y)"
RIGHT = r"g = \tfrac2m\, X^\top (X \theta - y)"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-missing"}]
NET = dict(sizes=(1, 1), output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((2, 1))]


def data(rng):
    X = 2 * rng.random((SAMPLES, 1))
    return X, 4 + 3 * X + rng.standard_normal((SAMPLES, 1))


def with_bias(X):
    return np.c_[np.ones((len(X), 1)), X]


def cost(params, X, Y):
    return np.mean((with_bias(X).dot(params[0]) - Y) ** 2)


def gradients_of(theta, xi, yi, right):
    minibatch_size = len(xi)
    if right:
        return 2 / minibatch_size * xi.T.dot(xi.dot(theta) - yi)
    return 2 * xi.T.dot(xi.dot(theta) - yi)


def grad(params, X, Y):
    return [gradients_of(params[0], with_bias(X), Y, right=False)]


def repaired(params, X, Y):
    return [gradients_of(params[0], with_bias(X), Y, right=True)]
