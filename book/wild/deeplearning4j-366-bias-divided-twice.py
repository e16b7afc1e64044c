"""The biases are averaged over the batch in one place and divided by its size again in another."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/deeplearning4j/pull/366"
THREAD = "deeplearning4j/deeplearning4j PR #366"
DATE = "2015-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac{1}{m^2} \sum_i \delta^l_i"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-twice"}, {"factor"}]
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
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
    _, a = forward(params, X)
    m = len(X)
    d2 = a[2] - Y
    d1 = d2 @ params[1][0].T * a[1] * (1 - a[1])
    grads = [(a[0].T @ d1, d1.sum(0) if right else d1.mean(0)), (a[1].T @ d2, d2.sum(0) if right else d2.mean(0))]
    return [(dW / m, db / m) for dW, db in grads]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
