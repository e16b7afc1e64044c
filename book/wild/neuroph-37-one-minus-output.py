"""The slope of the softmax is one minus the output, without the output itself and without the other units."""

import numpy as np

SOURCE = "https://github.com/neuroph/neuroph/issues/37"
THREAD = "neuroph/neuroph #37"
DATE = "2016-11"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot (1 - a^2)"
RIGHT = r"\delta^2 = a^2 \odot \bigl((a^2 - y) - (a^2 - y) \cdot a^2\bigr)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


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
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, softmax(z2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    e = p - Y
    d2 = (p * (e - np.sum(e * p, 1, keepdims=True)) if right else e * (1 - p)) / len(X)
    d1 = d2 @ W2.T * a1 * (1 - a1)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
