"""A proposed form of tanh's slope takes the exponential of tanh where its square is meant."""

import numpy as np

SOURCE = "https://github.com/cazala/synaptic/pull/276"
THREAD = "cazala/synaptic PR #276"
DATE = "2017-10"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot (1 - \exp a^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, sigmoid(z2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y) * p * (1 - p) / len(X)
    d1 = d2 @ W2.T * (1 - (a1**2 if right else np.exp(a1)))
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
