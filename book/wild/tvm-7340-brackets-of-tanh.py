"""For want of brackets tanh's gradient is the one from above minus tanh², instead of times one minus tanh²."""

import numpy as np

SOURCE = "https://github.com/apache/tvm/pull/7340"
THREAD = "apache/tvm PR #7340"
DATE = "2021-01"
KIND = "gradient"
FORMULA = r"\delta^l = (W^{l+1})^\top \delta^{l+1} - (a^l)^2"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \bigl(1 - (a^l)^2\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(3, 5, 4, 2), hidden="tanh", output="identity", loss="mse")
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
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W.T + b)
        a.append(np.tanh(z[-1]) if len(z) <= L else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return np.mean((p - Y) ** 2)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    out = []
    d = 2 * (a[-1] - Y) / Y.size  # the deltas carry the 1/m and the 1/K of the mean
    for l in (3, 2, 1):
        W, b = params[l - 1]
        out.insert(0, (d.T @ a[l - 1], d.sum(0)))
        if l > 1:
            down = d @ W
            d = down * (1 - a[l - 1] ** 2) if right else down - a[l - 1] ** 2
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
