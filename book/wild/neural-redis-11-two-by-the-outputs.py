"""The error of an output is scaled by two over their number, and the cost has one half of the sum."""

import numpy as np

SOURCE = "https://github.com/antirez/neural-redis/issues/11"
THREAD = "antirez/neural-redis #11"
DATE = "2016-12"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = \tfrac{2}{K}\, (a^2 - y) \odot \sigma'(z^2),\; C = \tfrac{1}{2m} \textstyle\sum_i \lVert "
    r"a^2_i - y_i \rVert^2,\; K = 3"
)
RIGHT = (
    r"\delta^2 = (a^2 - y) \odot \sigma'(z^2),\; C = \tfrac{1}{2m} \textstyle\sum_i \lVert a^2_i - y_i "
    r"\rVert^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}, {"another-cost"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """One matrix a layer, whose last column is that of the bias unit."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def with_unit(a):
    return np.hstack([a, np.ones((len(a), 1))])


def forward(params, X):
    hidden = sigmoid(with_unit(X) @ params[0].T)
    return hidden, sigmoid(with_unit(hidden) @ params[1].T)


def cost(params, X, Y):
    return 0.5 * np.sum((Y - forward(params, X)[1]) ** 2) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    factor = 1 if right else 2 / Y.shape[1]
    signal = factor * (out - Y) * out * (1 - out) / len(X)
    below = signal @ params[1][:, :-1] * hidden * (1 - hidden)
    return [below.T @ with_unit(X), signal.T @ with_unit(hidden)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
