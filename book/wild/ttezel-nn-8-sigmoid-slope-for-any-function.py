"""The slope y(1 - y) is written into the backward pass and stays there when the activation chosen is tanh."""

import numpy as np

SOURCE = "https://github.com/ttezel/nn/issues/8"
THREAD = "ttezel/nn #8"
DATE = "2023-12"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
RIGHT = r"\delta^l = (\cdot) \odot \bigl(1 - (a^l)^2\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2, 3]
NAMES = [{"slope-of-wrong-function"}]
NET = dict(sizes=(3, 5, 4, 2), hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W.T + b)
        a.append(np.tanh(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    g, out = (a[-1] - Y) / len(X), []
    for l in (3, 2, 1):
        d = g * (1 - a[l] ** 2 if right else a[l] * (1 - a[l]))
        out.insert(0, (d.T @ a[l - 1], d.sum(0)))
        g = d @ params[l - 1][0]
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
