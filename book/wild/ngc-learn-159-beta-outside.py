"""The slope of a swish with a factor inside its sigmoid is that of the swish without it, times the factor."""

import numpy as np

SOURCE = "https://github.com/NACLab/ngc-learn/pull/159"
THREAD = "NACLab/ngc-learn PR #159"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"f'(z) = \beta\, \bigl(\sigma(z) + z\, \sigma'(z)\bigr),\; f(z) = z\, \sigma(\beta z)"
RIGHT = r"f'(z) = \sigma(\beta z) + \beta z\, \sigma'(\beta z)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # swish
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

BETA = 1.702


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal(shape) for shape in ((3, 5), (1, 5), (5, 2), (1, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def swish(x):
    return x * sigmoid(x * BETA)


def d_swish(x, right):
    if right:
        s = sigmoid(x * BETA)
        return s + BETA * x * s * (1 - s)
    exp_neg_x = np.exp(-x)
    return BETA * (1 / (exp_neg_x + 1) + exp_neg_x * x / (exp_neg_x + 1) ** 2)


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1 + b1
    return z, swish(z), swish(z) @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2].T * d_swish(z, right)
    return [X.T @ d1, d1.sum(0, keepdims=True), h.T @ d2, d2.sum(0, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
