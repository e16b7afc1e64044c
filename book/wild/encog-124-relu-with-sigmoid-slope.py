"""The ReLU's class contains the sigmoid's derivative: all hidden layers use a(1 - a)."""

import numpy as np

SOURCE = "https://github.com/jeffheaton/encog-dotnet-core/issues/124"
THREAD = "jeffheaton/encog-dotnet-core #124"
DATE = "2020-07"
KIND = "gradient"
FORMULA = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot a^l \odot (1 - a^l)"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot [z^l > 0]"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-wrong-function"}]
NET = dict(sizes=(3, 5, 4, 2), hidden="relu", output="identity", loss="mse")
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
    for l in (3, 2, 1):
        out.insert(0, (a[l - 1].T @ d, d.sum(0)))
        if l > 1:
            d = d @ params[l - 1][0].T * (z[l - 1] > 0 if right else a[l - 1] * (1 - a[l - 1]))
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
