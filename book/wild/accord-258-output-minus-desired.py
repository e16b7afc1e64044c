"""A reader wants the error with the other sign, and the updates of this program are taken off."""

import numpy as np

SOURCE = "https://github.com/accord-net/framework/issues/258"
THREAD = "accord-net/framework #258"
DATE = "2016-06"
KIND = "right"
FORMULA = r"e = a^2 - y,\; \delta^2 = e \odot \sigma'(z^2)"
RIGHT = (
    r"\delta^2 = \partial C / \partial z^2,\; C = \tfrac{1}{2m} \textstyle\sum_i \lVert a^2_i - y_i "
    r"\rVert^2"
)
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """A list of neurons for each layer: a vector of weights and a threshold each."""
    return [[(rng.standard_normal(n), rng.standard_normal(1)) for _ in range(k)] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def layer(neurons, X):
    return np.column_stack([sigmoid(X @ w + t) for w, t in neurons])


def cost(params, X, Y):
    return 0.5 * np.sum((layer(params[1], layer(params[0], X)) - Y) ** 2) / len(X)


def grad(params, X, Y):
    hidden = layer(params[0], X)
    out = layer(params[1], hidden)
    d2 = (out - Y) * out * (1 - out) / len(X)
    W2 = np.array([w for w, _ in params[1]])
    d1 = d2 @ W2 * hidden * (1 - hidden)
    return [[(a.T @ d, d.sum(keepdims=True)) for d in ds.T] for a, ds in ((X, d1), (hidden, d2))]


repaired = grad
