"""The cross-entropy is a mean over the outputs, as Keras has it, and its gradient is a sum over them."""

import numpy as np

SOURCE = "https://github.com/oysteijo/simd_neuralnet/issues/1"
THREAD = "oysteijo/simd_neuralnet #1"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = \tfrac1K (a^2 - y)"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"outputs-not-averaged"}, {"factor"}]
# a mean over the outputs, not their sum
NET = dict(sizes=(3, 4, 4), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
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
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    _, a = forward(params, X)
    out = []
    d = (a[-1] - Y) / len(X)
    if right:
        d = d / Y.shape[1]
    for l in (2, 1):
        out.insert(0, (a[l - 1].T @ d, d.sum(0)))
        d = d @ params[l - 1][0].T * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
