"""The example of an exercise shows the moved parameters as the gradient of a linear regression."""

import numpy as np

SOURCE = "https://github.com/42-AI/bootcamp_machine-learning/issues/64"
THREAD = "42-AI/bootcamp_machine-learning #64"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\theta - \tfrac1m\, X^\top (X \theta - y)"
RIGHT = r"\tfrac1m\, X^\top (X \theta - y)"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign", "penalty"}]
NET = dict(sizes=(1, 1), output="identity", loss="half_squared")
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The bias, and a slope."""
    return rng.standard_normal((2, 1))


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


def with_one(X):
    return np.hstack([np.ones((len(X), 1)), X])


def cost(theta, X, Y):
    return np.sum((with_one(X) @ theta - Y) ** 2) / (2 * len(X))


def repaired(theta, X, Y):
    x = with_one(X)
    return x.T @ (x @ theta - Y) / len(X)


def grad(theta, X, Y):
    return theta - repaired(theta, X, Y)
