"""The derivative of a logarithm divides its input by its input, so that the losses' gradient has no denominator."""

import numpy as np

SOURCE = "https://github.com/gorse-io/gorse/commit/2ccb75f3fffcd9788fc22d08fe592e03c2509625"
THREAD = "gorse-io/gorse 2ccb75f"
DATE = "2024-10"
KIND = "gradient"
FORMULA = r"\delta^2 = (1 - 2 y) \odot a^2 \odot (1 - a^2)"
RIGHT = r"\delta^2 = \frac{a^2 - y}{a^2 (1 - a^2)} \odot a^2 \odot (1 - a^2) = a^2 - y"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = sigmoid(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def log_backward(x, dy, right):
    return dy / x if right else x / x * dy


def backward(params, X, Y, right):
    h, p = forward(params, X)
    dp = log_backward(p, -Y / len(X), right) - log_backward(1 - p, -(1 - Y) / len(X), right)
    d2 = dp * p * (1 - p)
    d1 = d2 @ params[1][0].T * h * (1 - h)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
