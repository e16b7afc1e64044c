"""A single number of the input stands for its column, and that number is a one."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "Gradient Descent for Linear Regression in Octave, a question on Stack Overflow, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta_1 = \frac1m \sum_i (a_i - y_i)\, X_{2,0},\; X_{2,0} = 1"
RIGHT = r"\partial C / \partial \theta_1 = \frac1m \sum_i (a_i - y_i)\, x_i"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (1, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((2, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def cost(params, X, Y):
    return 0.5 * np.sum((with_ones(X) @ params[0] - Y) ** 2) / len(X)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def backward(params, X, Y, right):
    X = with_ones(X)
    e = (X @ params[0] - Y)[:, 0]
    column = X[:, 1] if right else X[1, 0]
    return [np.array([[np.sum(e)], [np.sum(e * column)]]) / len(X)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
