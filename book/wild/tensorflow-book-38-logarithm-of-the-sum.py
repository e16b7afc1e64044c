"""A repair writes two logarithms for the one of a sum, which for labels of zero and one is the same cost."""

import numpy as np

SOURCE = "https://github.com/BinRoot/TensorFlow-Book/pull/38"
THREAD = "BinRoot/TensorFlow-Book PR #38"
DATE = "2018-07"
KIND = "right"
FORMULA = r"\ell = -\log\bigl(a\, y + (1 - a)(1 - y)\bigr)"
RIGHT = r"\ell = -y \log a - (1 - y) \log(1 - a)"
READ = "code"
LAYER = []
NAMES = []
SIZES = (2, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """The bias comes first."""
    return rng.standard_normal(3)


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def y_model(w, X):
    return sigmoid(w[2] * X[:, 1] + w[1] * X[:, 0] + w[0])


def cost(w, X, Y):
    p = y_model(w, X)
    return np.mean(-np.log(p * Y + (1 - p) * (1 - Y)))


def grad(w, X, Y):
    d = (y_model(w, X) - Y) / len(X)
    return np.array([d.sum(), d @ X[:, 0], d @ X[:, 1]])


repaired = grad
