"""The loss is a mean over the samples; its gradient is divided by samples times classes."""

import numpy as np

SOURCE = "https://github.com/victorlempitsky/Mate/issues/2"
THREAD = "victorlempitsky/Mate #2"
DATE = "2015-06"
KIND = "gradient"
FORMULA = r"\delta^2 = \tfrac1K (a^2 - y)"
RIGHT = r"\delta^2 = a^2 - y"
READ = "discussion"
GROUP = "factor"
LAYER = [2]
NAMES = [{"factor"}]
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(0)


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
    L = len(params)
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(sigmoid(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / X.shape[1]


def backward(params, X, Y, right):
    _, a = forward(params, X)
    out = []
    d = (a[-1] - Y) / (Y.shape[1] if right else Y.size)
    for l in (2, 1):
        out.insert(0, (d @ a[l - 1].T, d.sum(1, keepdims=True)))
        d = params[l - 1][0].T @ d * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
