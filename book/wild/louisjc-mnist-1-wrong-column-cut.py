"""The bias is the last column; on the way back the first column of the weights is cut off in its place."""

import numpy as np

SOURCE = "https://github.com/louisjc/mnist-neural-network/issues/1"
THREAD = "louisjc/mnist-neural-network #1"
DATE = "2018-08"
KIND = "gradient"
FORMULA = r"\delta^1 = \bigl[W^2_{\cdot 2}, \dots, W^2_{\cdot n_1}, b^2\bigr]^\top \delta^2 \odot \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "discussion"
GROUP = "down"
LAYER = [1]
NAMES = [{"bias-row-kept"}]
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
    _, (x, h, p) = forward(params, X)
    m, ones = len(X), np.ones(len(X))
    d2 = (p - Y) * p * (1 - p) / m
    d1 = d2 @ (params[1][:, :-1] if right else params[1][:, 1:]) * h * (1 - h)
    return [d1.T @ np.c_[x, ones], d2.T @ np.c_[h, ones]]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
