"""A mean is taken of a dot product, which is one number and the sum over the samples already."""

import numpy as np

SOURCE = "https://github.com/patrickloeber/pytorchTutorial/pull/11"
THREAD = "patrickloeber/pytorchTutorial PR #11"
DATE = "2021-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = 2 \textstyle\sum_i x_i\, (w x_i - y_i)"
RIGHT = r"\partial C / \partial w = \tfrac2m \textstyle\sum_i x_i\, (w x_i - y_i)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-missing"}]
SIZES = (1, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")  # no bias
SAMPLES = 6
LAM = 0.0


def start(rng):
    """One number."""
    return rng.standard_normal(1)


def data(rng):
    X = rng.uniform(1, 4, (SAMPLES, 1))
    return X, 2 * X + 0.1 * rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    return ((params * X - Y) ** 2).mean()


def backward(params, X, Y, right):
    x, y = X[:, 0], Y[:, 0]
    e = params * x - y
    return np.mean(2 * x * e, keepdims=True) if right else np.full(1, np.dot(2 * x, e).mean())


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
