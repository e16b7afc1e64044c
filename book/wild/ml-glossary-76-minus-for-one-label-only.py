"""The minus of a cross-entropy stands before the term of label one, and that of label zero has none."""

import numpy as np

SOURCE = "https://github.com/bfortuner/ml-glossary/issues/76"
THREAD = "bfortuner/ml-glossary #76"
DATE = "2019-09"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \bigl(-y_i \log a_i + (1 - y_i) \log(1 - a_i)\bigr)"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \bigl(-y_i \log a_i - (1 - y_i) \log(1 - a_i)\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")  # no bias
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal((SIZES[0], 1))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def predict(features, weights):
    return 1 / (1 + np.exp(-(features @ weights)))


def both(params, X, Y, sign):
    predictions = predict(X, params)
    class1_cost = -Y * np.log(predictions)
    class2_cost = (1 - Y) * np.log(1 - predictions)
    return np.sum(class1_cost + sign * class2_cost) / len(Y)


def cost(params, X, Y):
    return both(params, X, Y, 1)


def meant(params, X, Y):
    return both(params, X, Y, -1)


def grad(params, X, Y):
    return X.T @ (predict(X, params) - Y) / len(X)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    predictions = predict(X, params)
    return X.T @ (-Y * (1 - predictions) - (1 - Y) * predictions) / len(X)
