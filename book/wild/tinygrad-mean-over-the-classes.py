"""A negative log-likelihood is a mean over samples and classes, of which one class alone is not zero."""

import numpy as np

SOURCE = "https://github.com/tinygrad/tinygrad/commit/a139f34bb6950340157ed6d7c2a3bcf96607076b"
THREAD = "tinygrad/tinygrad a139f34"
DATE = "2020-10"
KIND = "cost"
FORMULA = r"C = -\tfrac{1}{mK} \textstyle\sum_i \log a_{i, y_i}"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \log a_{i, y_i}"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}, {"factor"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")  # no biases
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((4, 5)), rng.standard_normal((5, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    l1, l2 = params
    z = X @ l1
    h = z * (z.real > 0)
    e = np.exp(h @ l2)
    return z, h, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return np.mean(-Y * np.log(forward(params, X)[-1]))


def meant(params, X, Y):
    return cost(params, X, Y) * Y.shape[1]


def grad(params, X, Y):
    z, h, p = forward(params, X)
    d2 = (p - Y) / Y.size
    d1 = d2 @ params[1].T * (z > 0)
    return [X.T @ d1, h.T @ d2]


def repaired(params, X, Y):
    """The gradient of the cost as it is, which the program has."""
    return grad(params, X, Y)
