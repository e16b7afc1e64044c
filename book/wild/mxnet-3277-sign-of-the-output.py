"""The slope of a parametric ReLU is chosen by the sign of its output, which is never negative for a negative one."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/pull/3277"
THREAD = "apache/mxnet PR #3277"
DATE = "2016-09"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([a^1 > 0] - 0.3\, [a^1 \le 0]\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] - 0.3\, [z^1 \le 0]\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}, {"relu-mask"}]
SIZES = (4, 5, 3)
NET = None  # the slope below zero is negative
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

SLOPE = -0.3


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.where(z1.real > 0, z1, SLOPE * z1)
    z2 = a1 @ W2 + b2
    return z1, a1, softmax(z2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2.T * np.where((z1 if right else a1) > 0, 1, SLOPE)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
