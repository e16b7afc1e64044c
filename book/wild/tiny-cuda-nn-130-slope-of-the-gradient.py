"""The softplus takes its slope at the gradient that comes back, where the value that went forward is needed."""

import numpy as np

SOURCE = "https://github.com/NVlabs/tiny-cuda-nn/pull/130"
THREAD = "NVlabs/tiny-cuda-nn PR #130"
DATE = "2022-08"
KIND = "gradient"
FORMULA = r"\delta^1 = g \odot \sigma(\beta g),\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot \sigma(\beta z^1),\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a softplus; no biases
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((5, 3)), rng.standard_normal((2, 5))]


def data(rng):
    sizes = (3, 5, 2)
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X.T, Y.T


BETA = 10


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softplus(z):
    return np.log(np.exp(BETA * z) + 1) / BETA


def forward(params, X):
    W1, W2 = params
    z = W1 @ X
    return z, softplus(z), W2 @ softplus(z)


def cost(params, X, Y):
    return np.sum((forward(params, X)[2] - Y) ** 2) / Y.size


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = 2 * (p - Y) / Y.size
    g = params[1].T @ d2
    d1 = g * sigmoid(BETA * (z if right else g))
    return [d1 @ X.T, d2 @ h.T]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
