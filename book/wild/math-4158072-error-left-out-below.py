"""In a derivation by hand the error of the output is there for the upper weights and missing for the lower ones."""

import numpy as np

SOURCE = "https://math.techqa.club/calculating-derivatives-for-backpropagation-in-2-layer-neural-network-4158072"
THREAD = "Mathematics Stack Exchange 4158072, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \sigma'(z^2) \odot \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \bigl(2\,(a^2 - y) \odot \sigma'(z^2)\bigr) \odot \sigma'(z^1)"
READ = "discussion"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """No biases."""
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    h = sigmoid(X @ params[0])
    return h, sigmoid(h @ params[1])


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    e, slope = 2 * (p - Y), p * (1 - p) / len(X)
    d1 = (slope * (e if right else 1)) @ params[1].T * h * (1 - h)
    return [X.T @ d1, h.T @ (e * slope)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
