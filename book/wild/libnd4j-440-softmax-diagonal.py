"""The softmax's derivative is p(1 - p) entry by entry: the terms between the classes are missing."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/libnd4j/issues/440"
THREAD = "deeplearning4j/libnd4j #440"
DATE = "2017-08"
KIND = "gradient"
FORMULA = r"\delta^2 = -(y / a^2) \odot a^2 \odot (1 - a^2) = -y \odot (1 - a^2)"
RIGHT = r"\delta^2 = a^2 - y"
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
NET = dict(sizes=(4, 5, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


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
        a.append(np.tanh(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X)


def backward(params, X, Y, right):
    _, (x, h, p) = forward(params, X)
    g = -Y / p / len(X)
    d2 = p * (g - np.sum(g * p, 1, keepdims=True)) if right else p * (1 - p) * g
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(x.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
