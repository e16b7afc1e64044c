"""Labels are smoothed with a one where the share of the smoothing should stand, and so they come out too large."""

import numpy as np

SOURCE = "https://github.com/TimDettmers/ConvE/issues/55"
THREAD = "TimDettmers/ConvE #55"
DATE = "2019-11"
KIND = "cost"
FORMULA = r"\tilde y = (1 - s)\, y + \tfrac1K"
RIGHT = r"\tilde y = (1 - s)\, y + \tfrac{s}{K}"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


S = 0.1


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """The targets as they were meant."""
    labels = rng.integers(0, 2, (SAMPLES, SIZES[-1]))
    return rng.standard_normal((SAMPLES, SIZES[0])), (1 - S) * labels + S / SIZES[-1]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    return z, h, sigmoid(h @ W2 + b2)


def smoothed(Y):
    return Y - S / SIZES[-1] + 1 / SIZES[-1]


def entropy(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def cost(params, X, Y):
    return entropy(params, X, smoothed(Y))


def meant(params, X, Y):
    return entropy(params, X, Y)


def grad(params, X, Y):
    z, h, p = forward(params, X)
    d2 = (p - smoothed(Y)) / len(X)
    d1 = d2 @ params[1][0].T * (z > 0)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def repaired(params, X, Y):
    """The gradient of the cost as it is, which the program has."""
    return grad(params, X, Y)
