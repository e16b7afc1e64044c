"""The slope of a softplus is the sigmoid of its input, and is given its output as the other slopes are."""

import numpy as np

SOURCE = "https://github.com/zserge/nanonn/issues/4"
THREAD = "zserge/nanonn #4"
DATE = "2021-03"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \frac{1}{1 + e^{-a^1}},\; a^1 = \log(1 + e^{z^1})"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot (1 - e^{-a^1})"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
SIZES = (3, 5, 2)
NET = None  # softplus units
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """For each layer a row for each unit; its last entry is the bias."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def with_one(x):
    return np.column_stack([x, np.ones(len(x))])


def forward(params, X):
    h = np.log(1 + np.exp(with_one(X) @ params[0].T))
    return h, with_one(h) @ params[1].T


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    slope = 1 - np.exp(-h) if right else 1 / (1 + np.exp(-h))
    d1 = d2 @ params[1][:, :-1] * slope
    return [d1.T @ with_one(X), d2.T @ with_one(h)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
