"""A book's class for the sigmoid computes its slope as x(1 - x) of the input."""

import numpy as np

SOURCE = "https://github.com/BoltzmannEntropy/interviews.ai/issues/4"
THREAD = "BoltzmannEntropy/interviews.ai #4"
DATE = "2022-01"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot z^l \odot (1 - z^l)"
RIGHT = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-formula-of-z"}]
NET = dict(sizes=(4, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    s1, s2 = (v * (1 - v) for v in (a if right else z)[1:])
    d2 = (a[2] - Y) * s2 / len(X)
    d1 = d2 @ params[1][0].T * s1
    return [(X.T @ d1, d1.sum(0)), (a[1].T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
