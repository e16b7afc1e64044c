"""In a lesson's text what comes down from a cross-entropy is multiplied by the loss itself."""

import numpy as np

SOURCE = "https://github.com/microsoft/AI-For-Beginners/pull/747"
THREAD = "microsoft/AI-For-Beginners #730, PR #747"
DATE = "2026-08"
KIND = "gradient"
FORMULA = r"\delta^2 = \ell\, (a^2 - y),\; \ell = -\log a^2_y"
RIGHT = r"\delta^2 = a^2 - y"
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1.T + b1)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def losses(p, Y):
    return -np.sum(Y * np.log(p), axis=1, keepdims=True)


def cost(params, X, Y):
    return np.sum(losses(forward(params, X)[-1], Y)) / len(X)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = (p - Y) * (1 if right else losses(p, Y)) / len(X)
    d1 = d2 @ params[1][0] * (1 - h**2)
    return [(d1.T @ X, d1.sum(0, keepdims=True)), (d2.T @ h, d2.sum(0, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
