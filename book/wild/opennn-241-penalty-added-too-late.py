"""The penalty is in the cost, but the gradient is put together before the penalty's share is added to it."""

import numpy as np

SOURCE = "https://github.com/Artelnics/opennn/issues/241"
THREAD = "Artelnics/opennn #241"
DATE = "2022-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top + \frac{\lambda}{m} W^l"
READ = "discussion"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty-missing"}]
NET = dict(sizes=(3, 5, 2), hidden="tanh", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.5


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
        a.append(np.tanh(z[-1]) if len(z) <= L else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return np.mean((p - Y) ** 2) + LAM / (2 * len(X)) * sum(np.sum(W**2) for W, b in params)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    out = []
    d = 2 * (a[-1] - Y) / Y.size
    for l in (2, 1):
        W, b = params[l - 1]
        out.insert(0, (a[l - 1].T @ d + (LAM / len(X) * W if right else 0), d.sum(0)))
        d = d @ W.T * (1 - a[l - 1] ** 2)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
