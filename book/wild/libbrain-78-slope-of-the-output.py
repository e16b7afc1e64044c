"""The derivative functions expect the weighted sum and get the neuron's output, in all layers."""

import numpy as np

SOURCE = "https://github.com/benoitfragit/libBrain/issues/78"
THREAD = "benoitfragit/libBrain #78"
DATE = "2017-05"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot \sigma'(a^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(a^1)"
RIGHT = r"\delta^2 = (a^2 - y) \odot \sigma'(z^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a-throughout"}, {"slope-of-a"}]
NET = dict(sizes=(3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """One matrix for each layer; the last column holds the biases."""
    sizes = NET["sizes"]
    return [rng.standard_normal((k, n + 1)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for M in params:
        z.append(np.c_[a[-1], np.ones(len(X))] @ M.T)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    z, a = forward(params, X)
    s1, s2 = (sigmoid(v) * (1 - sigmoid(v)) for v in (z if right else a)[1:])
    d2 = (a[2] - Y) * s2 / len(X)
    d1 = d2 @ params[1][:, :-1] * s1
    return [d.T @ np.c_[x, np.ones(len(X))] for d, x in ((d1, a[0]), (d2, a[1]))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
