"""The loss has terms of the target alone, and their derivatives with respect to the target are added."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/pull/2167"
THREAD = "mlpack/mlpack PR #2167"
DATE = "2020-01"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial a = 1 - y / a + \log y + 1 / (2y)"
RIGHT = r"\partial \ell / \partial a = 1 - y / a"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 1)
NET = None  # the loss of a Poisson regression
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(2, 7, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    """The exponential is a layer of its own."""
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.tanh(z1)
    return z1, a1, np.exp(a1 @ W2 + b2)


def cost(params, X, Y):
    a = forward(params, X)[-1]
    stirling = Y * np.log(Y) - Y + 0.5 * np.log(2 * np.pi * Y)
    return np.sum(a - Y * np.log(a) + stirling) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (1 - Y / p + (0 if right else np.log(Y) + 1 / (2 * Y))) * p / len(X)
    d1 = d2 @ W2.T * (1 - a1**2)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
