"""The minus that belongs to target minus output stays before output minus target, and descent becomes ascent."""

import numpy as np

SOURCE = "https://github.com/oxford-cs-deepnlp-2017/lectures/issues/10"
THREAD = "oxford-cs-deepnlp-2017/lectures #10"
DATE = "2017-03"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w = -2 \textstyle\sum_i (\hat y_i - y_i)\, x_i,\; "
    r"\partial C / \partial b = -2 \sum_i (\hat y_i - y_i)"
)
RIGHT = (
    r"\partial C / \partial w = 2 \textstyle\sum_i (\hat y_i - y_i)\, x_i,\; "
    r"\partial C / \partial b = 2 \sum_i (\hat y_i - y_i)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
NET = dict(sizes=(1, 1), output="identity", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Slope and intercept."""
    return rng.standard_normal(2)


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    w, b = params
    x, y = X[:, 0], Y[:, 0]
    out = x * w + b
    return np.sum((y - out) ** 2)


def grad(params, X, Y):
    w, b = params
    x, y = X[:, 0], Y[:, 0]
    out = x * w + b
    dcdw = np.sum(-2 * (out - y) * x)
    dcdb = np.sum(-2 * (out - y))
    return np.array([dcdw, dcdb])


def repaired(params, X, Y):
    w, b = params
    x, y = X[:, 0], Y[:, 0]
    out = x * w + b
    dcdw = np.sum(-2 * (y - out) * x)
    dcdb = np.sum(-2 * (y - out))
    return np.array([dcdw, dcdb])
