"""The cost is a mean plus a penalty, and its gradient in the video is the sum plus the gradient of the penalty."""

import numpy as np

SOURCE = "https://github.com/stephencwelch/Neural-Networks-Demystified/issues/15"
THREAD = "stephencwelch/Neural-Networks-Demystified #15"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \sum_i \delta^l_i (a^{l-1}_i)^\top + \lambda W^l"
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top + \lambda W^l"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-missing"}, {"penalty", "mean-missing"}]
NET = dict(sizes=(2, 3, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.7


WEIGHT = LAM / SAMPLES


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W in params:
        z.append(a[-1] @ W)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((Y - p) ** 2) / len(X) + WEIGHT / 2 * sum(np.sum(W**2) for W in params)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    m = len(X) if right else 1
    d3 = -(Y - a[2]) * a[2] * (1 - a[2])
    d2 = d3 @ params[1].T * a[1] * (1 - a[1])
    return [X.T @ d2 / m + WEIGHT * params[0], a[1].T @ d3 / m + WEIGHT * params[1]]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
