"""The output's slope is missing behind a squared error, and the hidden delta uses weights that were moved before."""

import numpy as np

SOURCE = "https://github.com/Bot-Academy/NeuralNetworkFromScratch/pull/3"
THREAD = "Bot-Academy/NeuralNetworkFromScratch PR #3"
DATE = "2023-01"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = a^2 - y,\; \delta^1 = \bigl(W^2 - \eta\, \partial C / \partial W^2\bigr)^\top \delta^2 \odot "
    r"\sigma'(z^1)"
)
RIGHT = r"\delta^2 = (a^2 - y) \odot \sigma'(z^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "discussion"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"output-slope-forgotten", "stale-weights"}]
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / X.shape[1]


RATE = 0.1  # the step is part of the program: its gradient is what one step takes off, divided by the rate


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    _, a = forward(params, X)
    m, out = X.shape[1], []
    d = a[-1] - Y
    if right:
        d = d * a[-1] * (1 - a[-1])
    for l in (2, 1):
        W, b = params[l - 1]
        dW = d @ a[l - 1].T / m
        out.insert(0, (dW, d.sum(1, keepdims=True) / m))
        d = (W if right else W - RATE * dW).T @ d * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
