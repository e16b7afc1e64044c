"""A cross-entropy that is told to expect probabilities takes the softmax of them once more."""

import numpy as np

SOURCE = "https://github.com/tracel-ai/burn/pull/4829"
THREAD = "tracel-ai/burn PR #4829"
DATE = "2026-04"
KIND = "cost"
FORMULA = r"\ell = -\log \mathrm{softmax}(a)_y,\; a = \mathrm{softmax}(z)"
RIGHT = r"\ell = -\log a_y,\; a = \mathrm{softmax}(z)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    return z, h, softmax(h @ W2 + b2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(softmax(forward(params, X)[-1]))) / len(X)


def meant(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def grad(params, X, Y):
    z, h, p = forward(params, X)
    dp = (softmax(p) - Y) / len(X)
    d2 = p * (dp - np.sum(dp * p, axis=1, keepdims=True))
    d1 = d2 @ params[1][0].T * (z > 0)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def repaired(params, X, Y):
    """The gradient of the cost as it is, which the program has."""
    return grad(params, X, Y)
