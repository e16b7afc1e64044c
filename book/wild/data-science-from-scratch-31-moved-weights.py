"""The output weights are changed, with rate 1, before the hidden deltas are computed from them."""

import numpy as np

SOURCE = "https://github.com/joelgrus/data-science-from-scratch/issues/31"
THREAD = "joelgrus/data-science-from-scratch #31"
DATE = "2017-01"
KIND = "gradient"
FORMULA = r"\delta^1 = \bigl(W^2 - \partial C / \partial W^2\bigr)^\top \delta^2 \odot \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"stale-weights"}]
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((k, n + 1)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for T in params:
        z.append(np.c_[a[-1], np.ones(len(X))] @ T.T)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """What one step (rate 1, written for one sample, here for the mean of a batch) takes off the weights."""
    _, (x, h, p) = forward(params, X)
    output = params[1]
    m, ones = len(X), np.ones(len(X))
    d2 = (p - Y) * p * (1 - p)
    step = d2.T @ np.c_[h, ones] / m
    d1 = d2 @ (output if right else output - step)[:, :-1] * h * (1 - h)
    return [d1.T @ np.c_[x, ones] / m, step]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
