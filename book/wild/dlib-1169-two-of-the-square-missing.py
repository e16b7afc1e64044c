"""The mean squared loss has no half, and its gradient no two."""

import numpy as np

SOURCE = "https://github.com/davisking/dlib/issues/1169"
THREAD = "davisking/dlib #1169"
DATE = "2018-03"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = 2\, (a^2 - y)"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"two-missing"}]
NET = dict(sizes=(4, 5, 1), hidden="relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(relu(z[-1]) if len(z) <= len(params) else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return np.sum((Y - p) ** 2) / len(X)


def backward(params, X, Y, right):
    z, (x, h, p) = forward(params, X)
    d2 = -(2 if right else 1) * (Y - p) / len(X)
    d1 = d2 @ params[1][0].T * (z[1] > 0)
    return [(x.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
