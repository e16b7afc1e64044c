"""A repair of a softmax's derivative with the wrong shape keeps the diagonal of the Jacobian alone."""

import numpy as np

SOURCE = "https://github.com/RubixML/ML/pull/438"
THREAD = "RubixML/ML PR #438"
DATE = "2026-08"
KIND = "gradient"
FORMULA = r"\delta^2 = g \odot a^2 \odot (1 - a^2),\; g = \tfrac2K (a^2 - y)"
RIGHT = r"\delta^2 = a^2 \odot (g - g \cdot a^2)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="mse")
SAMPLES = 7
LAM = 0.0


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    X, Y = rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    (W1, b1), (W2, b2) = params
    a1 = np.tanh(W1 @ X + b1)
    return a1, softmax(W2 @ a1 + b2, axis=0)


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    a1, p = forward(params, X)
    g = 2 * (p - Y) / Y.size
    d2 = p * (g - np.sum(g * p, 0)) if right else g * p * (1 - p)
    d1 = params[1][0].T @ d2 * (1 - a1**2)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
