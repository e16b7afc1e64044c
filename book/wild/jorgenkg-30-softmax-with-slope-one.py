"""The softmax has the slope one, also beside the squared error."""

import numpy as np

SOURCE = "https://github.com/jorgenkg/python-neural-network/issues/30"
THREAD = "jorgenkg/python-neural-network #30"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = a^2 \odot \bigl((a^2 - y) - (a^2 - y) \cdot a^2\bigr)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"output-slope-forgotten"}]
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
    """Biases in the first row of each matrix."""
    return [rng.standard_normal((n + 1, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def forward(params, X):
    a1 = sigmoid(with_ones(X) @ params[0])
    return a1, softmax(with_ones(a1) @ params[1])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    a1, p = forward(params, X)
    e = (p - Y) / len(X)
    d2 = p * (e - np.sum(e * p, 1, keepdims=True)) if right else e
    d1 = d2 @ params[1][1:].T * a1 * (1 - a1)
    return [with_ones(X).T @ d1, with_ones(a1).T @ d2]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
