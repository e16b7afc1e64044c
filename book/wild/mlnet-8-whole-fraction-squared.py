"""In a paper the weight of a squared error, which falls with the target, stands within the square."""

import numpy as np

SOURCE = "https://github.com/marcellacornia/mlnet/issues/8"
THREAD = "marcellacornia/mlnet #8"
DATE = "2017-05"
KIND = "cost"
FORMULA = r"C = \tfrac{1}{mK} \textstyle\sum \bigl(\tfrac{a - y}{1.1 - y}\bigr)^2"
RIGHT = r"C = \tfrac{1}{mK} \textstyle\sum \tfrac{(a - y)^2}{1.1 - y}"
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (4, 5, 2)
NET = None  # a weighted squared error
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    return z, h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    return np.mean(((forward(params, X)[-1] - Y) / (1 - Y + 0.1)) ** 2)


def meant(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2 / (1 - Y + 0.1))


def backward(params, X, Y, weight):
    z, h, p = forward(params, X)
    d2 = 2 * (p - Y) * weight * p * (1 - p) / Y.size
    d1 = d2 @ params[1][0].T * (z > 0)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    """That of the program, which is not the paper's."""
    return backward(params, X, Y, 1 / (1 - Y + 0.1))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, 1 / (1 - Y + 0.1) ** 2)
