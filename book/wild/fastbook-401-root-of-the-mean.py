"""The function that is called a mean squared error takes the root of it."""

import numpy as np

SOURCE = "https://github.com/fastai/fastbook/pull/401"
THREAD = "fastai/fastbook PR #401"
DATE = "2021-02"
KIND = "cost"
FORMULA = r"C = \sqrt{\tfrac1m \textstyle\sum_i (a_i - y_i)^2}"
RIGHT = r"C = \tfrac1m \textstyle\sum_i (a_i - y_i)^2"
READ = "discussion"
LAYER = [1]
NAMES = [{"another-network"}, {"another-cost"}]
NET = dict(sizes=(2, 1), output="identity", loss="mse")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(3)


def data(rng):
    """A quadratic function of a time: its square and itself are the inputs."""
    t = rng.standard_normal(SAMPLES)
    return np.column_stack([t**2, t]), rng.standard_normal(SAMPLES)


def f(params, X):
    a, b, c = params
    return a * X[:, 0] + b * X[:, 1] + c


def cost(params, X, Y):
    return np.sqrt(((f(params, X) - Y) ** 2).mean())


def meant(params, X, Y):
    return ((f(params, X) - Y) ** 2).mean()


def repaired(params, X, Y):
    """The gradient of the cost as it is, which is the program's."""
    e = f(params, X) - Y
    slope = e / (len(X) * np.sqrt((e**2).mean()))
    return np.append(slope @ X, slope.sum())


grad = repaired
