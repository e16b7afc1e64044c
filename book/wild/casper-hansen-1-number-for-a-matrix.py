"""Each weight matrix gets one number, the scalar product of the layer's delta with the layer's own output."""

import numpy as np

SOURCE = "https://github.com/casper-hansen/Neural-Network-From-Scratch/pull/1"
THREAD = "casper-hansen/Neural-Network-From-Scratch PR #1"
DATE = "2020-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l_{jk} = \frac1m \sum_i \delta^l_i \cdot a^l_i \quad\text{for all } j, k"
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2, 3]
NAMES = []
NET = dict(sizes=(4, 5, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(0)


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((k, n)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W in params:
        z.append(W @ a[-1])
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
        W = params[l - 1]
        out.insert(0, d @ a[l - 1].T / m if right else np.full(W.shape, np.sum(d * a[l]) / m))
        d = W.T @ d * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
