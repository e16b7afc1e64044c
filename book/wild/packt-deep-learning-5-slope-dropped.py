"""A reader's repair takes the error itself for the delta of tanh units."""

import numpy as np

SOURCE = "https://github.com/PacktPublishing/Python-Deep-Learning-Second-Edition/issues/5"
THREAD = "PacktPublishing/Python-Deep-Learning-Second-Edition #5"
DATE = "2019-07"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = (a^2 - y) \odot \bigl(1 - (a^2)^2\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [2]
NAMES = [{"output-slope-forgotten"}]
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
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
    return z1, a1, np.tanh(z2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y) * (1 - p**2 if right else 1) / len(X)
    d1 = d2 @ W2.T * (1 - a1**2)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
