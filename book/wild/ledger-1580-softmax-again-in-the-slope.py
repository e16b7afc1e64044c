"""The loss takes its slope at a softmax of the probabilities that it was given, and does not divide by the batch."""

import numpy as np

SOURCE = "https://github.com/fetchai/ledger/pull/1580"
THREAD = "fetchai/ledger PR #1580"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\delta^2 = -m\, J^\top (y / s),\; s = \mathrm{softmax}(a^2),\; J = \partial a^2 / \partial z^2"
RIGHT = r"\delta^2 = -J^\top (y / a^2) = a^2 - y"
READ = "reconstruction"
GROUP = "softmax"
LAYER = [2]
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(relu(z[-1]) if len(z) <= len(params) else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1][-1])) / len(X)


def backward(params, X, Y, right):
    z, (x, h, p) = forward(params, X)
    g = -Y / p / len(X) if right else -Y / softmax(p)
    d2 = p * (g - np.sum(g * p, 1, keepdims=True))
    d1 = d2 @ params[1][0].T * (z[1] > 0)
    return [(x.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
