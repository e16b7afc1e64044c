"""A reader of the slope of Mish takes the softplus for its input, and the sigmoid of it for its slope."""

import numpy as np

SOURCE = "https://github.com/AlexeyAB/darknet/issues/6526"
THREAD = "AlexeyAB/darknet #6526"
DATE = "2020-08"
KIND = "gradient"
FORMULA = r"f'(z) = \tanh s + z\, (1 - \tanh^2 s)\, \sigma(s),\; s = \log(1 + e^z)"
RIGHT = r"f'(z) = \tanh s + z\, (1 - \tanh^2 s)\, (1 - e^{-s})"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # Mish
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = z1 * np.tanh(np.log(1 + np.exp(z1)))
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    s = np.log(1 + np.exp(z1))
    t = np.tanh(s)
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2.T * (t + z1 * (1 - t**2) * (1 - np.exp(-s) if right else sigmoid(s)))
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
