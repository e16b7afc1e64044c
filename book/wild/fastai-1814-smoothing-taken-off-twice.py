"""A smoothed cross-entropy takes too much off the label's share, by the number of classes over one less."""

import numpy as np

SOURCE = "https://github.com/fastai/fastai/pull/1814"
THREAD = "fastai/fastai PR #1814"
DATE = "2019-03"
KIND = "cost"
FORMULA = r"C = \bigl(1 - \tfrac{K}{K - 1} \varepsilon\bigr) H(q, a) + \varepsilon\, H(u, a)"
RIGHT = r"C = (1 - \varepsilon)\, H(q, a) + \varepsilon\, H(u, a)"
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


EPS = 0.2


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """The targets are the smoothed labels."""
    labels = np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]
    return rng.standard_normal((SAMPLES, SIZES[0])), (1 - EPS) * labels + EPS / SIZES[-1]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def weights(Y):
    """What stands before the logarithms."""
    classes = SIZES[-1]
    labels = (Y - EPS / classes) / (1 - EPS)
    return (1 - EPS * classes / (classes - 1)) * labels + EPS / classes


def cost(params, X, Y):
    return -np.sum(weights(Y) * np.log(forward(params, X)[-1])) / len(X)


def meant(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def grad(params, X, Y):
    h, p = forward(params, X)
    w = weights(Y)
    d2 = (p * w.sum(axis=1, keepdims=True) - w) / len(X)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def repaired(params, X, Y):
    """The gradient of the cost as it is, which the program has."""
    return grad(params, X, Y)
