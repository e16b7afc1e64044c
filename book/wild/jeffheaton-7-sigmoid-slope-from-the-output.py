"""The slope of a sigmoid is written with its output, and a reader misses the sigmoid in it."""

import numpy as np

SOURCE = "https://github.com/jeffheaton/jeffheaton-book-code/issues/7"
THREAD = "jeffheaton/jeffheaton-book-code #7"
DATE = "2017-08"
KIND = "right"
FORMULA = r"\delta^l = (\cdot) \odot d\,(1 - d),\; d = a^l"
RIGHT = r"\delta^l = (\cdot) \odot \sigma(z^l)\,(1 - \sigma(z^l))"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    a1 = sigmoid(W1 @ X + b1)
    return a1, sigmoid(W2 @ a1 + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y):
    a1, a2 = forward(params, X)
    d2 = (a2 - Y) * a2 * (1 - a2) / X.shape[1]
    d1 = params[1][0].T @ d2 * a1 * (1 - a1)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
