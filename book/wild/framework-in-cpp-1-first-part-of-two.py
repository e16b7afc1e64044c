"""A reader asks why only the first part of the softmax's gradient is there, when it has two."""

import numpy as np

SOURCE = "https://github.com/Apiquet/DeepLearningFrameworkFromScratchCpp/issues/1"
THREAD = "Apiquet/DeepLearningFrameworkFromScratchCpp #1"
DATE = "2024-01"
KIND = "gradient"
FORMULA = r"\delta^2 = g \odot a^2 \odot (1 - a^2),\; g = 2\, (a^2 - y)"
RIGHT = r"\delta^2 = a^2 \odot (g - g \cdot a^2),\; g = 2\, (a^2 - y)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
SIZES = (2, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="mse")
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    return z, h, softmax(h @ W2 + b2)


def cost(params, X, Y):
    """The squared norm of all errors, divided by the number of rows."""
    return np.sum((forward(params, X)[-1] - Y) ** 2) / len(Y)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    g = 2 * (p - Y) / len(Y)
    d2 = g * p * (1 - p)
    if right:  # and the terms of j ≠ k
        for j in range(p.shape[1]):
            for k in range(p.shape[1]):
                d2[:, j] -= (j != k) * g[:, k] * p[:, k] * p[:, j]
    d1 = d2 @ params[1][0].T * (z > 0)
    return [(X.T @ d1, d1.sum(0, keepdims=True)), (h.T @ d2, d2.sum(0, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
