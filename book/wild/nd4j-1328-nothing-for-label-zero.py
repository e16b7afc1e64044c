"""The gradient of a binary cross-entropy is zero wherever the label is zero."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/nd4j/issues/1328"
THREAD = "deeplearning4j/nd4j #1328, PR #1338"
DATE = "2016-10"
KIND = "gradient"
FORMULA = r"\delta^2 = -y \odot (1 - a^2)"
RIGHT = r"\delta^2 = a^2 - y = -y \odot (1 - a^2) + (1 - y) \odot a^2"
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = -Y * (1 - p)
    if right:
        d2 = d2 + (1 - Y) * p
    d2 = d2 / len(X)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0, keepdims=True)), (h.T @ d2, d2.sum(0, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
