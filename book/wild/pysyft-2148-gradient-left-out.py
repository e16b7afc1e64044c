"""In a table of derivatives that of the sigmoid is the slope alone, without the gradient that comes in."""

import numpy as np

SOURCE = "https://github.com/OpenMined/PySyft/pull/2148"
THREAD = "OpenMined/PySyft PR #2148"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"\delta^l = a^l \odot (1 - a^l)"
RIGHT = r"\delta^l = g^l \odot a^l \odot (1 - a^l),\; g^2 = \partial C / \partial a^2,\; g^1 = (W^2)^\top \delta^2"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal(shape) for shape in ((5, 3), 5, (2, 5), 2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def forward(params, X):
    W1, b1, W2, b2 = params
    a1 = sigmoid(X @ W1.T + b1)
    return a1, sigmoid(a1 @ W2.T + b2)


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def sigmoid_backward(g, a, right):
    return g * a * (1 - a) if right else a * (1 - a)


def backward(params, X, Y, right):
    a1, a2 = forward(params, X)
    d2 = sigmoid_backward(2 * (a2 - Y) / Y.size, a2, right)
    d1 = sigmoid_backward(d2 @ params[2], a1, right)
    return [d1.T @ X, d1.sum(0), d2.T @ a1, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
