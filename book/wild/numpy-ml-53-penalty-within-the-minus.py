"""The minus in front of a logistic regression's gradient stands before the penalty's share too."""

import numpy as np

SOURCE = "https://github.com/ddbourgin/numpy-ml/issues/53"
THREAD = "ddbourgin/numpy-ml #53"
DATE = "2020-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial \beta = -\tfrac1m \bigl(X^\top (y - a) + \gamma\, \beta\bigr)"
RIGHT = r"\partial C / \partial \beta = -\tfrac1m \bigl(X^\top (y - a) - \gamma\, \beta\bigr)"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
NET = None  # the intercept is penalised too
BLOCKS = ["beta[1]"]
SAMPLES = 8
LAM = 0.0

GAMMA = 0.6


def start(rng):
    """The intercept is the first entry."""
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def predict(beta, X):
    return 1 / (1 + np.exp(-(with_ones(X) @ beta)))


def cost(params, X, Y):
    y_pred = predict(params, X)
    nll = -np.sum(Y * np.log(y_pred) + (1 - Y) * np.log(1 - y_pred))
    return (0.5 * GAMMA * np.sum(params**2) + nll) / len(X)


def backward(params, X, Y, right):
    d_penalty = -GAMMA * params if right else GAMMA * params
    return -((Y - predict(params, X)) @ with_ones(X) + d_penalty) / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
