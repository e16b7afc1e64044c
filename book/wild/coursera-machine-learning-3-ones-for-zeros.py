"""Where the penalty should be zero for the biases, it is one: each bias gradient is too large by lambda/m."""

import numpy as np

SOURCE = "https://github.com/JWarmenhoven/Coursera-Machine-Learning/issues/3"
THREAD = "JWarmenhoven/Coursera-Machine-Learning #3"
DATE = "2017-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i + \frac{\lambda}{m}"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(3, 5, 4), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.7


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
        z.append(np.c_[np.ones(len(X)), a[-1]] @ T.T)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X) + LAM / (2 * len(X)) * sum(
        np.sum(T[:, 1:] ** 2) for T in params
    )


def backward(params, X, Y, right):
    _, (x, h, p) = forward(params, X)
    m, ones = len(X), np.ones(len(X))
    d3 = p - Y
    d2 = d3 @ params[1][:, 1:] * h * (1 - h)
    out = []
    for T, D in zip(params, (d2.T @ np.c_[ones, x], d3.T @ np.c_[ones, h])):
        column = np.zeros(len(T)) if right else np.ones(len(T))
        out.append(D / m + LAM / m * np.c_[column, T[:, 1:]])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
