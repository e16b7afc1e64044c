"""The weights of a smooth loss are multiplied on the errors on the way up, and not on the way down."""

import numpy as np

SOURCE = "https://github.com/rbgirshick/fast-rcnn/issues/134"
THREAD = "rbgirshick/fast-rcnn #134"
DATE = "2016-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = \tfrac1m h(w \odot e),\; h(t) = \max(-1, \min(1, t)),\; e = a - y"
RIGHT = r"\partial C / \partial a = \tfrac1m w \odot h(w \odot e)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 3)
NET = None  # a smooth loss with weights
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

WEIGHTS = np.array([0.5, 2.0, 1.5])


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1.T + b1
    h = z * (z.real > 0)
    return z, h, h @ W2.T + b2


def cost(params, X, Y):
    diff = WEIGHTS * (forward(params, X)[-1] - Y)
    modulus = diff * np.sign(diff.real)
    return np.sum(np.where(modulus.real < 1, 0.5 * diff**2, modulus - 0.5)) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = np.clip(WEIGHTS * (p - Y), -1, 1) / len(X)
    if right:
        d2 = WEIGHTS * d2
    d1 = d2 @ params[1][0] * (z > 0)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
