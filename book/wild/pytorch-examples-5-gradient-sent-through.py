"""A reader would send the error down through the gradient of the weights in the place of the weights."""

import numpy as np

SOURCE = "https://github.com/jcjohnson/pytorch-examples/issues/5"
THREAD = "jcjohnson/pytorch-examples #5"
DATE = "2017-06"
KIND = "gradient"
FORMULA = r"\delta^1 = \bigl(\partial C / \partial W^2\bigr)^\top \delta^2 \odot [z^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """No biases."""
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    h = X @ params[0]
    h_relu = h * (h.real > 0)
    return h, h_relu, h_relu @ params[1]


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    h, h_relu, p = forward(params, X)
    g = 2.0 * (p - Y)
    g2 = h_relu.T @ g
    g1 = g @ (params[1] if right else g2).T * (h > 0)
    return [X.T @ g1, g2]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
