"""A reader's check fails, and the formula is right: a softmax follows on a sigmoid, whose slope is in it."""

import numpy as np

SOURCE = (
    "https://math.stackexchange.com/questions/1731965/derivative-of-neural-network-function-with-respect-to-weights"
)
THREAD = "Mathematics Stack Exchange 1731965"
DATE = "2016-04"
KIND = "right"
FORMULA = r"\partial C / \partial W_{ik} = (a^2_i - t_i)\, a^1_i\, (1 - a^1_i)\, x_k,\; a^2 = \mathrm{softmax}(a^1)"
RIGHT = r"\delta^1 = (a^2 - t) \odot \sigma'(z^1),\; a^2 = \mathrm{softmax}(a^1)"
READ = "discussion"
LAYER = []
NAMES = []
NET = None  # a softmax of sigmoids
BLOCKS = ["W[1]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return rng.standard_normal((4, 3))


def data(rng):
    """The targets are distributions."""
    T = rng.uniform(0.1, 1, (SAMPLES, 3))
    return rng.standard_normal((SAMPLES, 4)), T / T.sum(axis=1, keepdims=True)


def forward(W, X):
    z = sigmoid(X @ W)
    e = np.exp(z)
    return z, e / e.sum(axis=1, keepdims=True)


def cost(W, X, Y):
    return -np.sum(Y * np.log(forward(W, X)[-1])) / len(X)


def grad(W, X, Y):
    z, y = forward(W, X)
    return X.T @ ((y - Y) * z * (1 - z)) / len(X)


repaired = grad
