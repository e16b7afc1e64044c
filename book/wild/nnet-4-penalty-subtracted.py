"""The weight decay is subtracted from the gradient, so that the weights are driven outwards."""

import numpy as np

SOURCE = "https://github.com/andersbll/nnet/issues/4"
THREAD = "andersbll/nnet #4 (also andersbll/deeppy #17, chainer/chainer #261)"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top - \frac{\lambda}{m} W^l"
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top + \frac{\lambda}{m} W^l"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.7


def relu(z):
    return z * (z.real > 0)


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
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(relu(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X) + LAM / (2 * len(X)) * sum(np.sum(W**2) for W, b in params)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    m, out = len(X), []
    d = a[-1] - Y
    for l in (2, 1):
        W, b = params[l - 1]
        decay = LAM / m * W
        out.insert(0, (a[l - 1].T @ d / m + (decay if right else -decay), d.mean(0)))
        if l > 1:
            d = d @ W.T * (z[l - 1] > 0)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
