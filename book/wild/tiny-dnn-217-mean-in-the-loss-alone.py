"""A squared error is made a mean over the outputs and loses its half, and its derivative stays as it was."""

import numpy as np

SOURCE = "https://github.com/tiny-dnn/tiny-dnn/pull/217"
THREAD = "tiny-dnn/tiny-dnn PR #217"
DATE = "2016-07"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial a = a - y,\; \ell = \tfrac1K \textstyle\sum_k (a_k - y_k)^2"
RIGHT = r"\partial \ell / \partial a = \tfrac2K (a - y),\; \ell = \tfrac1K \textstyle\sum_k (a_k - y_k)^2"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"outputs-not-averaged", "two-missing"}, {"factor"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-0.8, 0.8, (SAMPLES, SIZES[-1]))


def forward(params, X):
    a = [X]
    for W, b in params:
        a.append(np.tanh(a[-1] @ W + b))
    return a


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / Y.shape[1] / len(X)


def df(y, t, right):
    return (2 / t.shape[1] if right else 1) * (y - t)


def backward(params, X, Y, right):
    a = forward(params, X)
    d2 = df(a[2], Y, right) * (1 - a[2] ** 2) / len(X)
    d1 = d2 @ params[1][0].T * (1 - a[1] ** 2)
    return [(X.T @ d1, d1.sum(0)), (a[1].T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
