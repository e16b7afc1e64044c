"""The deltas carry the 1/m already, and the bias gradient takes their mean where their sum belongs."""

import numpy as np

SOURCE = "https://github.com/kvfrans/notes/issues/5"
THREAD = "kvfrans/notes #5"
DATE = "2025-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac{1}{m^2} \sum_i \delta^l_i"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-twice"}, {"factor"}]
NET = dict(sizes=(3, 5, 2), hidden="relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


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
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(relu(z[-1]) if len(z) <= L else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return np.mean((p - Y) ** 2)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    out = []
    d = 2 * (a[-1] - Y) / Y.size
    for l in (2, 1):
        out.insert(0, (a[l - 1].T @ d, d.sum(0) if right else d.mean(0)))
        if l > 1:
            d = d @ params[l - 1][0].T * (z[l - 1] > 0)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
