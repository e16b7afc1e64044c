"""A weighted squared error has the weight within the square, and its gradient has it once."""

import numpy as np

SOURCE = "https://github.com/cvjena/cn24/pull/19"
THREAD = "cvjena/cn24 PR #19"
DATE = "2015-02"
KIND = "cost"
FORMULA = r"C = \tfrac{1}{2m} \textstyle\sum_i \lVert w_i (a_i - y_i) \rVert^2"
RIGHT = r"C = \tfrac{1}{2m} \textstyle\sum_i w_i \lVert a_i - y_i \rVert^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = None  # a weight for each sample
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

WEIGHTS = np.array([0.5, 2.0, 1.0, 1.5, 0.25, 3.0, 1.0])[:, None]


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    return h, h @ W2 + b2


def cost(params, X, Y):
    delta = WEIGHTS * (forward(params, X)[-1] - Y)
    return 0.5 * np.sum(delta**2) / len(X)


def meant(params, X, Y):
    return 0.5 * np.sum(WEIGHTS * (forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, weights):
    h, p = forward(params, X)
    d2 = weights * (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, WEIGHTS)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, WEIGHTS**2)
