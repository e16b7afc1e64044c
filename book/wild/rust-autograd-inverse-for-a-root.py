"""The derivative of a square root is the inverse of what stands under it."""

import numpy as np

SOURCE = "https://github.com/raskr/rust-autograd/commit/3bbc787"
THREAD = "raskr/rust-autograd 3bbc787"
DATE = "2020-12"
KIND = "gradient"
FORMULA = (
    r"\partial \sqrt{S} / \partial S = S^{-1},\; C = \sqrt{S},\; S = \tfrac{1}{mK} \textstyle\sum (a^2 - "
    r"y)^2"
)
RIGHT = (
    r"\partial \sqrt{S} / \partial S = \tfrac12\, S^{-1/2},\; C = \sqrt{S},\; S = \tfrac{1}{mK} "
    r"\textstyle\sum (a^2 - y)^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
SIZES = (3, 4, 2)
NET = None  # a root of a mean
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1 + b1)
    return hidden, hidden @ W2 + b2


def mean_of_squares(params, X, Y):
    return np.mean((forward(params, X)[1] - Y) ** 2)


def cost(params, X, Y):
    return np.sqrt(mean_of_squares(params, X, Y))


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    S = mean_of_squares(params, X, Y)
    slope = 0.5 * S**-0.5 if right else 1 * S**-1.0
    d2 = slope * 2 * (a - Y) / Y.size
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
