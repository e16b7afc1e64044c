"""The second half of a cross-entropy has the wrong sign."""

import numpy as np

SOURCE = "https://github.com/eriklindernoren/ML-From-Scratch/issues/16"
THREAD = "eriklindernoren/ML-From-Scratch #16"
DATE = "2017-05"
KIND = "cost"
FORMULA = r"C = \frac1m \sum_i \bigl(-y_i \log a_i + (1 - y_i) \log(1 - a_i)\bigr)"
RIGHT = r"C = \frac1m \sum_i \bigl(-y_i \log a_i - (1 - y_i) \log(1 - a_i)\bigr)"
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 5, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        params[f"W{l}"], params[f"b{l}"] = rng.standard_normal((n, k)), rng.standard_normal(k)
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    a1 = sigmoid(X @ params["W1"] + params["b1"])
    return a1, sigmoid(a1 @ params["W2"] + params["b2"])


def entropy(params, X, Y, sign):
    p = forward(params, X)[-1]
    return np.mean(-Y * np.log(p) + sign * (1 - Y) * np.log(1 - p))


def cost(params, X, Y):
    return entropy(params, X, Y, 1)


def meant(params, X, Y):
    return entropy(params, X, Y, -1)


def through(params, X, d2):
    a1, _ = forward(params, X)
    d1 = d2 @ params["W2"].T * a1 * (1 - a1)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    """That of the cross-entropy that was meant."""
    return through(params, X, (forward(params, X)[-1] - Y) / len(X))


def repaired(params, X, Y):
    p = forward(params, X)[-1]
    return through(params, X, (-Y * (1 - p) - (1 - Y) * p) / len(X))
