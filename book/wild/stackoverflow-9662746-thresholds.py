"""Thresholds are subtracted instead of biases added, so their gradient has a minus."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/9662746/xor-neural-network-in-java"
THREAD = "Stack Overflow 9662746"
DATE = "2012-03"
KIND = "right"
FORMULA = r"\partial C / \partial \theta^l = -\frac1m \sum_i \delta^l_i,\; z^l = W^l a^{l-1} - \theta^l"
RIGHT = r"\partial C / \partial \theta^l = -\partial C / \partial b^l,\; b^l = -\theta^l"
READ = "code"
LAYER = []
NAMES = []
SIZES = (2, 3, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """Weights and thresholds."""
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, t1), (W2, t2) = params
    a1 = sigmoid(X @ W1 - t1)
    return a1, sigmoid(a1 @ W2 - t2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y):
    """Written for one sample; here the mean of a batch."""
    a1, p = forward(params, X)
    d2 = (p - Y) * p * (1 - p) / len(X)
    d1 = d2 @ params[1][0].T * a1 * (1 - a1)
    return [(X.T @ d1, -d1.sum(0)), (a1.T @ d2, -d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
