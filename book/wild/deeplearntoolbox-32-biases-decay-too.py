"""The weight penalty is added to the gradient of the whole matrix, the column of the biases included."""

import numpy as np

SOURCE = "https://github.com/rasmusbergpalm/DeepLearnToolbox/issues/32"
THREAD = "rasmusbergpalm/DeepLearnToolbox #32"
DATE = "2013-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i + \frac{\lambda}{m} b^l"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2, 3]
NAMES = [{"bias-regularised"}]
NET = dict(sizes=(3, 4, 3, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.7


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((k, n + 1)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for T in params:
        z.append(np.c_[np.ones(len(X)), a[-1]] @ T.T)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X) + LAM / (2 * len(X)) * sum(np.sum(T[:, 1:] ** 2) for T in params)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    m, out = len(X), []
    d = (a[-1] - Y) * a[-1] * (1 - a[-1])
    for l in (3, 2, 1):
        T = params[l - 1]
        decay = np.c_[np.zeros(len(T)), T[:, 1:]] if right else T
        out.insert(0, d.T @ np.c_[np.ones(m), a[l - 1]] / m + LAM / m * decay)
        d = d @ T[:, 1:] * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
