"""In a derivation of the local gradient a prime is missing: the error is multiplied by the activation itself."""

import numpy as np

SOURCE = "https://github.com/filipecalasans/mlp/issues/1"
THREAD = "filipecalasans/mlp #1"
DATE = "2022-03"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot \varphi(z^2)"
RIGHT = r"\delta^2 = (a^2 - y) \odot \varphi'(z^2)"
READ = "discussion"
GROUP = "slope"
LAYER = [2]
NAMES = [{"activation-for-slope"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    a1 = sigmoid(W1 @ X + b1)
    return a1, sigmoid(W2 @ a1 + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    a1, a2 = forward(params, X)
    d2 = (a2 - Y) * a2 * (1 - a2 if right else 1) / X.shape[1]
    d1 = params[1][0].T @ d2 * a1 * (1 - a1)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
