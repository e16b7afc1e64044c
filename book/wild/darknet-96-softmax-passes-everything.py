"""The backward pass of a softmax layer copies the gradient of its outputs to its inputs."""

import numpy as np

SOURCE = "https://github.com/pjreddie/darknet/pull/96"
THREAD = "pjreddie/darknet PR #96"
DATE = "2017-07"
KIND = "gradient"
FORMULA = r"\delta^2 = g,\; g = a^2 - y"
RIGHT = r"\delta^2 = a^2 \odot (g - g \cdot a^2),\; g = a^2 - y"
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"output-slope-forgotten"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    """For each layer its weights, a row for each output, and its biases."""
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = sigmoid(X @ W1.T + b1)
    return h, softmax(h @ W2.T + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def softmax_backward(g, p, right):
    return p * (g - (g * p).sum(1, keepdims=True)) if right else g


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = softmax_backward((p - Y) / len(X), p, right)
    d1 = d2 @ params[1][0] * h * (1 - h)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
