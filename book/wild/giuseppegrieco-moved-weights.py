"""The weights of the output layer are read for the hidden delta after they have been moved."""

import numpy as np

SOURCE = "https://github.com/giuseppegrieco/neural-network-from-scratch/commit/a5a5d66"
THREAD = "giuseppegrieco/neural-network-from-scratch a5a5d66"
DATE = "2019-11"
KIND = "gradient"
FORMULA = r"\delta^1 = \sigma'(z^1) \odot (W^2 - \eta\, \partial C / \partial W^2)^T \delta^2"
RIGHT = r"\delta^1 = \sigma'(z^1) \odot (W^2)^T \delta^2"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"stale-weights"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE = 0.3


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0, 1, (SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = sigmoid(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, out = forward(params, X)
    d2 = (out - Y) * out * (1 - out) / len(X)
    read = params[2] if right else params[2] - RATE * h.T @ d2
    d1 = d2 @ read.T * h * (1 - h)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
