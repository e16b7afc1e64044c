"""The activations forget the tangent that comes in, so that every parameter below them gets the same derivative."""

import numpy as np

SOURCE = "https://github.com/DiffSharp/DiffSharp/issues/16"
THREAD = "DiffSharp/DiffSharp #16"
DATE = "2015-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^1_{jk} = \partial C / \partial b^1_j = \frac1m \sum_i \sum_n \delta^1_{i,n}"
RIGHT = r"\partial C / \partial W^1_{jk} = \frac1m \sum_i \delta^1_{i,j}\, x_{i,k}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = z1 * (z1.real > 0)
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """As forward differentiation gives it, one parameter after the other; here in closed form."""
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2.T * (z1 > 0)
    if right:
        return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]
    return [(np.full((3, 5), d1.sum()), np.full(5, d1.sum())), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
