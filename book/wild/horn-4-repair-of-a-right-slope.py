"""A review replaces tanh's slope of the output by the slope of z, and it is still called with the output."""

import numpy as np

SOURCE = "https://github.com/apache/incubator-retired-horn/pull/4"
THREAD = "apache/incubator-retired-horn PR #4"
DATE = "2015-11"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \tanh'(a^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \tanh'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
NET = dict(sizes=(3, 5, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """One matrix for each layer; column 0 holds the biases."""
    sizes = NET["sizes"]
    return [rng.standard_normal((k, 1 + n)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for M in params:
        z.append(M @ np.r_[np.ones((1, X.shape[1])), a[-1]])
        a.append(np.tanh(z[-1]) if len(z) == 2 else np.exp(z[-1]) / np.exp(z[-1]).sum(0))
    return z, a


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1][-1])) / X.shape[1]


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    z, a = forward(params, X)
    d2 = (a[2] - Y) / X.shape[1]
    d1 = params[1][:, 1:].T @ d2 * (1 - np.tanh((z if right else a)[1]) ** 2)
    ones = np.ones((1, X.shape[1]))
    return [d1 @ np.r_[ones, X].T, d2 @ np.r_[ones, a[1]].T]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
