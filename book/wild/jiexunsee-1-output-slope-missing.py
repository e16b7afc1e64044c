"""The output's delta is the bare error although the error is squared: the sigmoid's slope is missing there."""

import numpy as np

SOURCE = "https://github.com/jiexunsee/Neural-Network-with-Python/issues/1"
THREAD = "jiexunsee/Neural-Network-with-Python #1"
DATE = "2017-01"
KIND = "gradient"
FORMULA = r"\delta^3 = a^3 - y"
RIGHT = r"\delta^3 = (a^3 - y) \odot \sigma'(z^3)"
READ = "code"
GROUP = "slope"
LAYER = [3]
NAMES = [{"output-slope-forgotten"}]
NET = dict(sizes=(3, 5, 4, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W in params:
        z.append(a[-1] @ W)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    _, (x, a2, a3, p) = forward(params, X)
    _, W2, W3 = params
    m = len(X)
    d4 = (p - Y) * p * (1 - p) if right else p - Y
    d3 = (W3 @ d4.T) * (a3 * (1 - a3)).T  # the deltas below are kept as columns
    d2 = (W2 @ d3) * (a2 * (1 - a2)).T
    return [x.T @ d2.T / m, a2.T @ d3.T / m, a3.T @ d4 / m]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
