"""The momentum steps of the biases are fed with the biases themselves instead of their gradients."""

import numpy as np

SOURCE = "https://github.com/apache/systemds/pull/2330"
THREAD = "apache/systemds PR #2330"
DATE = "2025-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac1m b^l"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2, 3, 4]
NAMES = []
NET = dict(sizes=(5, 4, 2, 4, 5), hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    sizes = NET["sizes"]
    return [(0.5 * rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    X = rng.standard_normal((SAMPLES, 5))
    return X, X  # an autoencoder


def forward(params, X):
    a = [X]
    for W, b in params:
        a.append(np.tanh(W @ a[-1].T + b).T)
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """The step is divided by the number of rows, which is the 1/m here."""
    a, out = forward(params, X), []
    d = (a[-1] - Y) * (1 - a[-1] ** 2)
    for l in (4, 3, 2, 1):
        W, b = params[l - 1]
        out.insert(0, (d.T @ a[l - 1] / len(X), (d.sum(0)[:, None] if right else b) / len(X)))
        d = (1 - a[l - 1] ** 2) * (d @ W)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
