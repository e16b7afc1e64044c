"""In the documentation of a modified Huber loss the squared branch begins at 1 instead of -1."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/27547"
THREAD = "scikit-learn/scikit-learn #27547"
DATE = "2023-10"
KIND = "cost"
FORMULA = r"\ell = \max(0, 1 - y f)^2 \text{ where } y f > 1,\; \ell = -4 y f \text{ elsewhere}"
RIGHT = r"\ell = \max(0, 1 - y f)^2 \text{ where } y f > -1,\; \ell = -4 y f \text{ elsewhere}"
READ = "discussion"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a modified Huber loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"coef": rng.standard_normal((3, 1)), "intercept": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], (SAMPLES, 1))


def loss(params, X, Y, border):
    margin = Y * (X @ params["coef"] + params["intercept"])
    square = (1 - margin) ** 2 * (margin.real < 1)
    return np.sum(np.where(margin.real > border, square, -4 * margin)) / len(X)


def cost(params, X, Y):
    return loss(params, X, Y, border=1)


def meant(params, X, Y):
    return loss(params, X, Y, border=-1)


def backward(params, X, Y, border):
    """The gradient of the loss with the branches parted at ``border``."""
    margin = Y * (X @ params["coef"] + params["intercept"])
    slope = np.where(margin > border, -2 * Y * (1 - margin) * (margin < 1), -4 * Y) / len(X)
    return {"coef": X.T @ slope, "intercept": slope.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, border=-1)


def repaired(params, X, Y):
    return backward(params, X, Y, border=1)
