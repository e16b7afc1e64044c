"""In an engine a subtraction hands down one and minus one, and what comes from above is lost."""

import numpy as np

SOURCE = "https://github.com/alexweav/BackpropFramework/commit/0855847"
THREAD = "alexweav/BackpropFramework 0855847"
DATE = "2017-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = 1"
RIGHT = r"\partial C / \partial a^2 = \partial C / \partial e,\; e = a^2 - y"
READ = "code"
GROUP = "down"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0, 1, (SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = sigmoid(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, out = forward(params, X)
    above = (out - Y) / len(X)  # of the square and the mean
    down = above if right else np.ones_like(above)
    d2 = down * out * (1 - out)
    d1 = d2 @ params[2].T * h * (1 - h)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
