"""The biases are used in the forward pass and never get a gradient."""

import numpy as np

SOURCE = "https://github.com/mattm/simple-neural-network/issues/5"
THREAD = "mattm/simple-neural-network #5 (also dragen1860/Deep-Learning-with-TensorFlow-book #217)"
DATE = "2017-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = 0"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"bias-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
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
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
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
    _, a = forward(params, X)
    out = []
    d = (a[-1] - Y) * a[-1] * (1 - a[-1]) / len(X)
    for l in (2, 1):
        out.insert(0, np.c_[d.T @ a[l - 1], d.sum(0) if right else np.zeros(d.shape[1])])
        d = d @ params[l - 1][:, :-1] * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
