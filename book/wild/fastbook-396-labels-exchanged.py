"""A cross-entropy takes one minus the probability for label one, and the probability for label zero."""

import numpy as np

SOURCE = "https://github.com/fastai/fastbook/pull/396"
THREAD = "fastai/fastbook PR #396"
DATE = "2021-01"
KIND = "cost"
FORMULA = (
    r"C = -\tfrac1m \textstyle\sum_i \log(1 - a_i) \text{ where } y_i = 1,\; C = -\tfrac1m "
    r"\textstyle\sum_i \log a_i \text{ elsewhere}"
)
RIGHT = (
    r"C = -\tfrac1m \textstyle\sum_i \log a_i \text{ where } y_i = 1,\; C = -\tfrac1m \textstyle\sum_i "
    r"\log(1 - a_i) \text{ elsewhere}"
)
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1.T + b1
    h = z * (z.real > 0)
    return z, h, 1 / (1 + np.exp(-(h @ W2.T + b2)))


def cost(params, X, Y):
    inputs = forward(params, X)[-1]
    return -np.mean(np.log(np.where(Y == 1, 1 - inputs, inputs)))


def meant(params, X, Y):
    inputs = forward(params, X)[-1]
    return -np.mean(np.log(np.where(Y == 1, inputs, 1 - inputs)))


def backward(params, X, Y):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0] * (z > 0)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, 1 - Y)
