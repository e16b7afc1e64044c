"""The softmax is differentiated unit by unit behind a loss of zeros and ones, which gives p - y, not its slope."""

import numpy as np

SOURCE = "https://github.com/SebLague/Neural-Network-Experiments/pull/5"
THREAD = "SebLague/Neural-Network-Experiments PR #5"
DATE = "2023-12"
KIND = "gradient"
FORMULA = r"\delta^2 = g \odot a^2 \odot (1 - a^2) = a^2 - y,\; g = (a^2 - y) / \bigl(a^2 (1 - a^2)\bigr)"
RIGHT = r"\delta^2 = a^2 \odot \bigl(g - (g \cdot a^2)\bigr)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
NET = None  # the package pairs no softmax with this loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


SIZES = (3, 5, 4)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    X = rng.standard_normal((SAMPLES, SIZES[0]))
    Y = np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def backward(params, X, Y, right):
    _, (x, h, p) = forward(params, X)
    g = (p - Y) / (p * (1 - p)) / len(X)
    d2 = p * (g - np.sum(g * p, 1, keepdims=True)) if right else g * p * (1 - p)
    d1 = d2 @ params[1][0].T * h * (1 - h)
    return [(x.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
