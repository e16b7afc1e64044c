"""Right, though asked about as a mistake: the derivative of tanh is computed from the output y, as 1 - y²."""

import numpy as np

SOURCE = "https://github.com/OpenANN/OpenANN/issues/164"
THREAD = "OpenANN/OpenANN #164"
DATE = "2014-04"
KIND = "right"
FORMULA = r"\delta^l = (\cdot) \odot \bigl(1 - (a^l)^2\bigr)"
RIGHT = r"\delta^l = (\cdot) \odot \tanh'(z^l)"
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 5, 2), hidden="tanh", output="tanh", loss="half_squared")
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


def grad(params, X, Y):
    _, a = forward(params, X)
    e, out = (a[-1] - Y) / len(X), []
    for l in (2, 1):
        d = (1 - a[l] ** 2) * e
        out.insert(0, (d.T @ a[l - 1], d.sum(0)))
        e = d @ params[l - 1][0]
    return out


repaired = grad
