"""In the step of a logistic regression with labels of plus and minus one the sigmoid's argument has lost its minus."""

import numpy as np

SOURCE = "https://github.com/Yorko/mlcourse.ai/issues/640"
THREAD = "Yorko/mlcourse.ai #640"
DATE = "2019-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = -\frac1m \sum_i y_i\, \sigma(y_i\, w \cdot x_i)\, x_i"
RIGHT = r"\partial C / \partial w = -\frac1m \sum_i y_i\, \sigma(-y_i\, w \cdot x_i)\, x_i"
READ = "discussion"
GROUP = "softmax"
LAYER = [1]
NAMES = []
SIZES = (3, 1)
NET = None  # labels of plus and minus one
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], (SAMPLES, 1))


def cost(params, X, Y):
    ((W, b),) = params
    return np.mean(np.log(1 + np.exp(-Y * (X @ W + b))))


def backward(params, X, Y, right):
    ((W, b),) = params
    d = -Y * sigmoid((-1 if right else 1) * Y * (X @ W + b)) / len(X)
    return [(X.T @ d, d.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
