"""The gradient is that of a mean, and the step divides by the size of the batch once more."""

import numpy as np

SOURCE = "https://github.com/d2l-ai/d2l-en/pull/1000"
THREAD = "d2l-ai/d2l-en PR #1000"
DATE = "2020-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = \frac{1}{m^2} \sum_i (a_i - y_i)\, x_i"
RIGHT = r"\partial C / \partial w = \frac1m \sum_i (a_i - y_i)\, x_i"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-twice"}]
SIZES = (2, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((2, 1)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def cost(params, X, Y):
    w, b = params
    return np.mean((X @ w + b - Y) ** 2 / 2)


def backward(params, X, Y, right):
    w, b = params
    e = (X @ w + b - Y) / len(X) ** (1 if right else 2)
    return [X.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
