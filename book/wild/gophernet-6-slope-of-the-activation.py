"""The function for the sigmoid's slope expects the weighted input and is given the activation, in both layers."""

import numpy as np

SOURCE = "https://github.com/dwhitena/gophernet/issues/6"
THREAD = "dwhitena/gophernet #6 (also benoitfragit/libBrain #78)"
DATE = "2020-08"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \sigma'(a^l)"
RIGHT = r"\delta^l = (\cdot) \odot \sigma'(z^l)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}]
NET = dict(sizes=(4, 3, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")
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
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))


def backward(params, X, Y, right):
    z, a = forward(params, X)
    at, out = z if right else a, []
    g = (a[-1] - Y) / len(X)
    for l in (2, 1):
        d = g * sigmoid_prime(at[l])
        out.insert(0, (a[l - 1].T @ d, d.sum(0)))
        g = d @ params[l - 1][0].T
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
