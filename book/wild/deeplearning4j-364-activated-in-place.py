"""The activation is applied in place, so that the stored pre-activations are activations when their slope is taken."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/deeplearning4j/pull/364"
THREAD = "deeplearning4j/deeplearning4j PR #364"
DATE = "2015-06"
KIND = "gradient"
FORMULA = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \sigma'(a^l)"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \sigma'(z^l)"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}]
NET = dict(sizes=(3, 5, 4, 2), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


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
        a.append(sigmoid(z[-1]) if len(z) <= len(params) else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1][-1])) / len(X)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    kept = z if right else a  # the arrays are the same
    d, out = (a[-1] - Y) / len(X), []
    for l in (3, 2, 1):
        out.insert(0, (a[l - 1].T @ d, d.sum(0)))
        if l > 1:
            s = sigmoid(kept[l - 1])
            d = d @ params[l - 1][0].T * s * (1 - s)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
