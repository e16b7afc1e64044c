"""The sigmoid's slope x(1 - x) is fed with what goes into the sigmoid instead of what comes out."""

import numpy as np

SOURCE = "https://github.com/BoltzmannEntropy/interviews.ai/issues/15"
THREAD = "BoltzmannEntropy/interviews.ai #15, #4"
DATE = "2025-08"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot z^l \odot (1 - z^l)"
RIGHT = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-formula-of-z"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return np.mean((p - Y) ** 2)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    x, out = a if right else z, []
    g = 2 * (a[-1] - Y) / Y.size
    for l in (2, 1):
        d = x[l] * (1 - x[l]) * g
        out.insert(0, (a[l - 1].T @ d, d.sum(0)))
        g = d @ params[l - 1][0].T
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
