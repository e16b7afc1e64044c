"""The derivative of the sigmoid computes a sigmoid itself, and is given the activations, of the output layer too."""

import numpy as np

SOURCE = "https://github.com/dmelcaz/simple-backprop/pull/5"
THREAD = "dmelcaz/simple-backprop PR #5"
DATE = "2026-03"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot \sigma'(a^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(a^1)"
RIGHT = r"\delta^2 = (a^2 - y) \odot \sigma'(z^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a-throughout"}, {"slope-of-a"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")  # the first layer has no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """wi has no bias; the first row of wo is one."""
    return rng.standard_normal((3, 4)), rng.standard_normal((5, 2))


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    wi, wo = params
    h = sigmoid(X @ wi)
    return h, sigmoid(np.c_[np.ones(len(X)), h] @ wo)


def cost(params, X, Y):
    return 0.5 * np.sum((Y - forward(params, X)[1]) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    h, p = forward(params, X)
    s1, s2 = (h, p) if right else (sigmoid(h), sigmoid(p))
    do = (p - Y) * s2 * (1 - s2) / len(X)
    di = do @ params[1][1:].T * s1 * (1 - s1)
    return X.T @ di, np.c_[np.ones(len(X)), h].T @ do


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
