"""The derivative of a mean over all squares is the difference alone."""

import numpy as np

SOURCE = "https://github.com/markroxor/fromscratchtoml/commit/42014fd"
THREAD = "markroxor/fromscratchtoml 42014fd"
DATE = "2018-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = a^2 - y,\; C = \tfrac{1}{mK} \textstyle\sum (a^2 - y)^2"
RIGHT = (
    r"\partial C / \partial a^2 = \tfrac{2}{mK}\, (a^2 - y),\; C = \tfrac{1}{mK} \textstyle\sum (a^2 - "
    r"y)^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}, {"mean-missing", "two-missing", "outputs-not-averaged"}]
SIZES = (2, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def mean_squared_error(p, Y, right):
    slope = (2 / Y.size if right else 1) * (p - Y)
    return np.mean(np.square(p - Y)), slope


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = sigmoid(X @ W1 + b1)
    return hidden, sigmoid(hidden @ W2 + b2)


def cost(params, X, Y):
    return mean_squared_error(forward(params, X)[1], Y, right=True)[0]


def backward(params, X, Y, right):
    hidden, p = forward(params, X)
    d2 = mean_squared_error(p, Y, right)[1] * p * (1 - p)
    d1 = d2 @ params[1][0].T * hidden * (1 - hidden)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
