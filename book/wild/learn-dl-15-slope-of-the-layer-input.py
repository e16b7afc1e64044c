"""Right, though disputed: a layer hands down a delta with the slope of its input, which is the output below."""

import numpy as np

SOURCE = "https://github.com/hanbt/learn_dl/issues/15"
THREAD = "hanbt/learn_dl #15, #3, #23"
DATE = "2018-01"
KIND = "right"
FORMULA = r"\delta^{l-1} = (W^l)^\top \delta^l \odot a^{l-1} \odot (1 - a^{l-1})"
RIGHT = r"\delta^{l-1} = (W^l)^\top \delta^l \odot \sigma'(z^{l-1})"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / X.shape[1]


def grad(params, X, Y):
    _, a = forward(params, X)
    m, out = X.shape[1], []
    delta = a[-1] * (1 - a[-1]) * (a[-1] - Y)
    for l in (2, 1):
        W, b = params[l - 1]
        came_in = a[l - 1]
        out.insert(0, (delta @ came_in.T / m, delta.sum(1, keepdims=True) / m))
        delta = came_in * (1 - came_in) * (W.T @ delta)
    return out


repaired = grad
