"""The backward pass of a log-softmax is that of a softmax without its factor."""

import numpy as np

SOURCE = "https://github.com/uxlfoundation/oneDNN/issues/616"
THREAD = "uxlfoundation/oneDNN #616"
DATE = "2019-12"
KIND = "gradient"
FORMULA = r"\delta^2 = g - g \cdot \log a^2,\; g = -y"
RIGHT = r"\delta^2 = g - a^2 \textstyle\sum_k g_k"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, softmax(z2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y if right else -Y + np.sum(Y * np.log(p), 1, keepdims=True)) / len(X)
    d1 = d2 @ W2.T * (1 - a1**2)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
