"""Of the softmax's slopes the diagonal alone is used, with a loss of both logarithms for each output."""

import numpy as np

SOURCE = "https://github.com/markroxor/fromscratchtoml/issues/65"
THREAD = "markroxor/fromscratchtoml #65, 9db533a"
DATE = "2018-08"
KIND = "gradient"
FORMULA = r"\delta^2 = \bigl(-\tfrac{y}{a^2} + \tfrac{1 - y}{1 - a^2}\bigr) \odot a^2 \odot (1 - a^2) = a^2 - y"
RIGHT = (
    r"\delta^2 = J^\top \bigl(-\tfrac{y}{a^2} + \tfrac{1 - y}{1 - a^2}\bigr),\; J = \partial a^2 / "
    r"\partial z^2"
)
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}, {"factor"}]
SIZES = (3, 4, 2)
NET = None  # both logarithms over a softmax
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1 + b1)
    return hidden, softmax(hidden @ W2 + b2)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def backward(params, X, Y, right):
    hidden, p = forward(params, X)
    slope = (-Y / p + (1 - Y) / (1 - p)) / len(X)
    d2 = p * (slope - np.sum(slope * p, axis=1, keepdims=True)) if right else slope * p * (1 - p)
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
