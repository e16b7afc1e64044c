"""From the second step on the error is taken as target minus prediction, and still subtracted."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "How to correctly calculate gradient descent for a simple linear problem, Stack Exchange, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial w_j = \textstyle\sum_i (y_i - \hat y_i)\, x_{ij}"
RIGHT = r"\partial C / \partial w_j = \textstyle\sum_i (\hat y_i - y_i)\, x_{ij}"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
SIZES = (1, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """What is paid at the start, and more for each year."""
    return rng.standard_normal(2)


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


def prediction(w, x):
    return sum(w[j] * x[j] for j in range(len(w)))


def samples(X):
    return np.hstack([np.ones((len(X), 1)), X])


def cost(w, X, Y):
    return sum(0.5 * (prediction(w, x) - y[0]) ** 2 for x, y in zip(samples(X), Y))


def grad(w, X, Y):
    """Of a step that is not the first one, without the rate; all samples at one place."""
    step = np.zeros_like(w)
    for x, y in zip(samples(X), Y):
        error = y[0] - prediction(w, x)
        for j in range(len(w)):
            step[j] += error * x[j]
    return step


def repaired(w, X, Y):
    step = np.zeros_like(w)
    for x, y in zip(samples(X), Y):
        error = prediction(w, x) - y[0]
        for j in range(len(w)):
            step[j] += error * x[j]
    return step
