"""A repair gives the slope of a sigmoid a quotient where the product should be."""

import numpy as np

SOURCE = "https://github.com/andrew12678/multilayer-perceptron-numpy/commit/1e3c298"
THREAD = "andrew12678/multilayer-perceptron-numpy 1e3c298"
DATE = "2021-03"
KIND = "gradient"
FORMULA = r"\sigma'(z) = \sigma(z) / (1 - \sigma(z))"
RIGHT = r"\sigma'(z) = \sigma(z)\, (1 - \sigma(z))"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((4, 5)), rng.standard_normal(5), rng.standard_normal((5, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = sigmoid(X @ W1 + b1)
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    h, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2].T * (h * (1 - h) if right else h / (1 - h))
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
