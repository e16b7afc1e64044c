"""The hidden layer below the output is taken for a part of it: its delta has no slope, those below have theirs."""

import numpy as np

SOURCE = "https://stats.stackexchange.com/questions/550353/classification-neural-network-cost-stop-changing-after-1-iteration"
THREAD = "Cross Validated 550353"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^2 = (W^3)^\top \delta^3"
RIGHT = r"\delta^2 = (W^3)^\top \delta^3 \odot \sigma'(z^2)"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = [{"slope-missing"}]
NET = dict(sizes=(4, 5, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
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
    m, out = X.shape[1], []
    d = a[-1] - Y
    for l in (3, 2, 1):
        out.insert(0, (d @ a[l - 1].T / m, d.sum(1, keepdims=True) / m))
        d = params[l - 1][0].T @ d
        if right or l < 3:
            d = d * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
