"""The cost is the mean of the squares, and its gradient the error without the two, before and after a repair."""

import numpy as np

SOURCE = "https://github.com/matheusfacure/Tutoriais-de-AM/pull/2"
THREAD = "matheusfacure/Tutoriais-de-AM PR #2"
DATE = "2018-04"
KIND = "gradient"
FORMULA = r"\delta^1 = a^1 - y"
RIGHT = r"\delta^1 = 2\, (a^1 - y)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"two-missing"}, {"factor"}]
NET = dict(sizes=(1, 1), output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The bias, and the one weight."""
    return rng.standard_normal((2, 1))


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def with_ones(X):
    return np.c_[np.ones(len(X)), X]


def cost(w, X, Y):
    return np.mean((with_ones(X) @ w - Y) ** 2)


def backward(w, X, Y, right):
    A = with_ones(X)
    d = -(2 if right else 1) * (Y - A @ w)
    return A.T @ d / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
