"""In a course's worked example the derivative of the squared error has lost the minus of the inner derivative."""

import numpy as np

SOURCE = "https://github.com/kikagaku/KIKAGAKU_Issues/issues/19"
THREAD = "kikagaku/KIKAGAKU_Issues #19"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial p = 2\, (y - p)"
RIGHT = r"\partial \ell / \partial p = -2\, (y - p)"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="mse")  # no biases
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def forward(params, X):
    u = X @ params[0]
    z = u * (u.real > 0)
    return u, z, z @ params[1]


def cost(params, X, Y):
    return np.sum((Y - forward(params, X)[-1]) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    u, z, p = forward(params, X)
    dLdy = (-2 if right else 2) * (Y - p) / len(X)
    return [X.T @ (dLdy @ params[1].T * (u > 0)), z.T @ dLdy]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
