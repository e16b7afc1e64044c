"""A test wants the step of a logistic regression with the other sign, and the one that was written is the right one."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "Gradient descent implementation of logistic regression, a question on Stack Exchange, read in a copy"
DATE = ""
KIND = "right"
FORMULA = r"\partial C / \partial a = x (z - y),\; \partial C / \partial b = z - y"
RIGHT = r"C = -(y \log z + (1 - y) \log(1 - z)),\; z = \sigma(a x + b)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(1, 1), output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return rng.standard_normal(2)


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def logit(a, b, x):
    return 1.0 / (1.0 + np.exp(-a * x - b))


def cost(params, X, Y):
    a, b = params
    z, y = logit(a, b, X[:, 0]), Y[:, 0]
    return -np.sum(y * np.log(z) + (1 - y) * np.log(1 - z))


def logit_regression(arr):
    """What is subtracted from both, with the rate one and not rounded."""
    x, y, a, b = arr
    z = logit(a, b, x)
    return np.array([x * (z - y), z - y])


def grad(params, X, Y):
    return sum(logit_regression([x, y, *params]) for x, y in zip(X[:, 0], Y[:, 0]))


repaired = grad
