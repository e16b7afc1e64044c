"""The derivative 1 - tanh(x)² is evaluated at the output of each unit instead of at its weighted input."""

import numpy as np

SOURCE = "https://github.com/davidrmiller/neural2d/issues/40"
THREAD = "davidrmiller/neural2d #40"
DATE = "2018-03"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \bigl(1 - \tanh^2(a^l)\bigr)"
RIGHT = r"\delta^l = (\cdot) \odot \bigl(1 - \tanh^2(z^l)\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}]
NET = dict(sizes=(3, 5, 2), hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(np.tanh(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    z, a = forward(params, X)
    m, out = X.shape[1], []
    at = z if right else a
    g = (a[-1] - Y) / m
    for l in (2, 1):
        W, b = params[l - 1]
        d = g * (1 - np.tanh(at[l]) ** 2)
        out.insert(0, (d @ a[l - 1].T, d.sum(1, keepdims=True)))
        g = W.T @ d
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
