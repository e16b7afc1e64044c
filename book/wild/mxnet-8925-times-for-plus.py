"""An optimiser multiplies the gradient by the weights' decay instead of adding it."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/issues/8925"
THREAD = "apache/mxnet #8925"
DATE = "2017-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\cdot) \odot (1 + \lambda W)"
RIGHT = r"\partial C / \partial W = (\cdot) + \lambda W"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a penalty on the biases too
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.3


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    return h, h @ W2 + b2


def cost(params, X, Y):
    penalty = sum(np.sum(p**2) for p in params)
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X) + 0.5 * LAM * penalty


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2].T * (1 - h**2)
    grads = [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]
    return [g + LAM * w if right else g * (1 + LAM * w) for g, w in zip(grads, params)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
