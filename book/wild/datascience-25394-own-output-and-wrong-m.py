"""dW is built with the layer's own activation, and divided by a size of the weights instead of by the samples."""

import numpy as np

SOURCE = "https://datascience.stackexchange.com/questions/25394/why-can-it-be-that-my-neural-network-is-predicting-the-contrary"
THREAD = "Data Science SE 25394"
DATE = ""
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l = \frac{1}{n_{l-1}} \sum_i \delta^l_i (a^l_i)^\top,\; \partial C / \partial "
    r"b^l = \frac{1}{n_{l-1}} \sum_i \delta^l_i"
)
RIGHT = (
    r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top,\; \partial C / \partial b^l = "
    r"\frac1m \sum_i \delta^l_i"
)
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"factor", "input-of-wrong-layer"}]
# layers of one width, else the shapes would not fit
NET = dict(sizes=(4, 4, 4), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
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
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def backward(params, X, Y, right):
    _, a = forward(params, X)
    out = []
    da = -(Y / a[-1] - (1 - Y) / (1 - a[-1]))
    for l in (2, 1):
        W, b = params[l - 1]
        dz = da * a[l] * (1 - a[l])
        m = X.shape[1] if right else W.shape[1]
        out.insert(0, (dz @ a[l - 1 if right else l].T / m, dz.sum(1, keepdims=True) / m))
        da = W.T @ dz
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
