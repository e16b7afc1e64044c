"""The mean is taken by dividing by the sum of the inputs in the place of their number."""

import numpy as np

SOURCE = "https://github.com/djib2011/python_ml_tutorial/issues/1"
THREAD = "djib2011/python_ml_tutorial #1"
DATE = "2020-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = -\frac{2}{\sum_i x_i} \sum_i (y_i - a_i)\, x_i"
RIGHT = r"\partial C / \partial w = -\frac2m \sum_i (y_i - a_i)\, x_i"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
SIZES = (1, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((1, 1)), rng.standard_normal(1)]


def data(rng):
    return rng.uniform(1, 3, (SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    w, b = params
    return np.mean((Y - X @ w - b) ** 2)


def backward(params, X, Y, right):
    w, b = params
    e = -2 * (Y - X @ w - b) / (len(X) if right else np.sum(X))
    return [X.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
