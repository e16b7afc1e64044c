"""A bracket of the binary cross-entropy is set too late, and what is inside has a minus for a plus."""

import numpy as np

SOURCE = "https://github.com/patrikeh/go-deep/pull/12"
THREAD = "patrikeh/go-deep PR #12"
DATE = "2018-09"
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum_i y_i\, \bigl(\log a_i - (1 - y_i) \log(1 - a_i)\bigr)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \bigl(y_i \log a_i + (1 - y_i) \log(1 - a_i)\bigr)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0.05, 0.95, (SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1.T + b1)
    return h, sigmoid(h @ W2.T + b2)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * (np.log(p) - (1 - Y) * np.log(1 - p))) / len(X)


def meant(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def backward(params, X, d2):
    h = forward(params, X)[0]
    d1 = d2 @ params[1][0] * (1 - h**2)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, (forward(params, X)[-1] - Y) / len(X))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    p = forward(params, X)[-1]
    return backward(params, X, -Y * (1 - p + (1 - Y) * p) / len(X))
