"""The derivative of a logarithm to a base does not take what comes from above."""

import numpy as np

SOURCE = "https://github.com/denizyuret/AutoGrad.jl/commit/85309b1"
THREAD = "denizyuret/AutoGrad.jl 85309b1"
DATE = "2016-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = \frac{1}{a^2 \ln 2},\; C = -\tfrac1m \textstyle\sum y \log_2 a^2"
RIGHT = r"\partial C / \partial a^2 = -\frac{y}{m\, a^2 \ln 2},\; C = -\tfrac1m \textstyle\sum y \log_2 a^2"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = None  # a logarithm to the base of two
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
    return -np.sum(Y * np.log(forward(params, X)[1]) / np.log(2)) / len(X)


def backward(params, X, Y, right):
    hidden, p = forward(params, X)
    comes = -Y / len(X)
    slope = (comes if right else 1) / (p * np.log(2))
    d2 = p * (slope - np.sum(slope * p, axis=1, keepdims=True))
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
