"""The example of a loss in the documentation is the sum of the logarithms without a minus."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/pull/7118"
THREAD = "apache/mxnet PR #7118"
DATE = "2017-07"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i y_i \log a_i + (1 - y_i) \log(1 - a_i)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i y_i \log a_i + (1 - y_i) \log(1 - a_i)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = sigmoid(X @ W1 + b1)
    return hidden, sigmoid(hidden @ W2 + b2)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def meant(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def repaired(params, X, Y):
    """The gradient of the cost as it is, which is the program's."""
    hidden, p = forward(params, X)
    d2 = (Y - p) / len(X)
    d1 = d2 @ params[1][0].T * (hidden * (1 - hidden))
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


grad = repaired
