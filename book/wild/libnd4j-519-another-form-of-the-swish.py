"""A reviewer cannot reconcile the code of a slope with the paper's formula: it is another form of it."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/libnd4j/pull/519"
THREAD = "deeplearning4j/libnd4j PR #519"
DATE = "2017-10"
KIND = "right"
FORMULA = r"f'(z) = e^z (z + e^z + 1) / (e^z + 1)^2"
RIGHT = r"f'(z) = \sigma(z) + z\, \sigma(z) (1 - \sigma(z))"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a swish
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = z1 * sigmoid(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    ex = np.exp(z1)
    d2 = 2 * (p - Y) / Y.size
    d1 = d2 @ W2.T * ex * (z1 + ex + 1) / (ex + 1) ** 2
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
