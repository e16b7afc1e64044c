"""A merged change of one word puts a slope into a right delta: a softmax of the output, times one minus itself."""

import numpy as np

SOURCE = "https://github.com/dmelcaz/simple-backprop/pull/2"
THREAD = "dmelcaz/simple-backprop PR #2 (undone by #4)"
DATE = "2019-07"
KIND = "gradient"
FORMULA = r"\delta^2 = s \odot (1 - s) \odot (a^2 - y),\; s = \mathrm{softmax}(a^2)"
RIGHT = r"\delta^2 = a^2 - y"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")  # the first layer has no biases
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    """wi has no bias; the first row of wo is one."""
    return rng.standard_normal((3, 4)), rng.standard_normal((5, 3))


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    wi, wo = params
    h = np.c_[np.ones(len(X)), np.tanh(X @ wi)]
    return h, softmax(h @ wo)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def backward(params, X, Y, right):
    wi, wo = params
    h, p = forward(params, X)
    s = softmax(p)
    do = (p - Y) / len(X) * (1 if right else s * (1 - s))
    di = (1 - h**2) * (do @ wo.T)
    return X.T @ di[:, 1:], h.T @ do


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
