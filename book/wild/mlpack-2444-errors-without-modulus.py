"""The loss of absolute errors sums the errors as they are."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/issues/2444"
THREAD = "mlpack/mlpack #2444"
DATE = "2020-06"
KIND = "cost"
FORMULA = r"C = \frac1m \sum_i \sum_k (a_{ik} - y_{ik})"
RIGHT = r"C = \frac1m \sum_i \sum_k |a_{ik} - y_{ik}|"
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 5, 2)
NET = None  # absolute errors
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return np.sum(forward(params, X)[-1] - Y) / len(X)


def meant(params, X, Y):
    e = forward(params, X)[-1] - Y
    return np.sum(np.where(e.real < 0, -e, e)) / len(X)


def through(params, X, d2):
    _, a1, _ = forward(params, X)
    d1 = d2 @ params[1][0].T * (1 - a1**2)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    """That of the cost that was meant."""
    return through(params, X, np.sign(forward(params, X)[-1] - Y) / len(X))


def repaired(params, X, Y):
    return through(params, X, np.ones(Y.shape) / len(X))
