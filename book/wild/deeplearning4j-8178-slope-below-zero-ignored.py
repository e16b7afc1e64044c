"""The backward pass of the leaky ReLU does not take the slope below zero, and returns nothing there."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/deeplearning4j/issues/8178"
THREAD = "deeplearning4j/deeplearning4j #8178"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot [z^l \ge 0]"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \bigl([z^l \ge 0] + 0.01\, [z^l < 0]\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-wrong-function"}]
NET = dict(sizes=(3, 5, 4, 2), hidden="leaky_relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def leaky(z):
    return np.where(z.real > 0, z, 0.01 * z)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(leaky(z[-1]) if len(z) <= len(params) else z[-1])
    return z, a


def cost(params, X, Y):
    return np.mean((forward(params, X)[1][-1] - Y) ** 2)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    d, out = 2 * (a[-1] - Y) / Y.size, []
    for l in (3, 2, 1):
        out.insert(0, (a[l - 1].T @ d, d.sum(0)))
        if l > 1:
            d = d @ params[l - 1][0].T * np.where(z[l - 1] >= 0, 1, 0.01 if right else 0)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
