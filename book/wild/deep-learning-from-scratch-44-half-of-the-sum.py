"""The function of the mean squared error returns one half of the sum."""

import numpy as np

SOURCE = "https://github.com/oreilly-japan/deep-learning-from-scratch/pull/44"
THREAD = "oreilly-japan/deep-learning-from-scratch PR #44"
DATE = "2019-11"
KIND = "cost"
FORMULA = r"C = \tfrac12 \textstyle\sum_i (a_i - y_i)^2"
RIGHT = r"C = \tfrac1m \textstyle\sum_i (a_i - y_i)^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}, {"factor"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = sigmoid(X @ W1 + b1)
    return hidden, hidden @ W2 + b2


def cost(params, X, Y):
    p = forward(params, X)[1]
    return 0.5 * np.sum((p - Y) ** 2)


def meant(params, X, Y):
    p = forward(params, X)[1]
    return np.sum((p - Y) ** 2) / len(Y)


def repaired(params, X, Y):
    """The gradient of the cost as it is, which is the program's."""
    hidden, p = forward(params, X)
    d2 = p - Y
    d1 = d2 @ params[1][0].T * (hidden * (1 - hidden))
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


grad = repaired
