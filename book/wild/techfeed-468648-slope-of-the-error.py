"""A step is the error times the slope at the error times the weight itself, in one chain of three units."""

import numpy as np

SOURCE = "https://techfeed.net/es/468648/"
THREAD = "Strange convergence in simple neural network, a question translated on techfeed.net"
DATE = ""
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^2 = e^2\, \sigma'(e^2)\, W^2,\; e^2 = a^2 - y,\; \partial C / \partial W^1 = "
    r"e^1\, \sigma'(e^1)\, W^1,\; e^1 = \sigma'(e^2)\, W^2"
)
RIGHT = (
    r"\partial C / \partial W^2 = e^2\, \sigma'(z^2)\, a^1,\; e^2 = a^2 - y,\; \partial C / \partial W^1 = "
    r"e^1\, \sigma'(z^1)\, x,\; e^1 = e^2\, \sigma'(z^2)\, W^2"
)
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (1, 1, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def start(rng):
    """One weight between each two units."""
    return [rng.standard_normal((1, 1)), rng.standard_normal((1, 1))]


def data(rng):
    x = np.arange(1, SAMPLES + 1.0)[:, None]
    return x / 10, (1.2 * x + 1) / 100


def forward(params, X):
    h = sigmoid(X @ params[0])
    return h, sigmoid(h @ params[1])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """What one step takes off the weights, as a mean over the samples."""
    h, out = forward(params, X)
    e2 = out - Y
    if right:
        d2 = e2 * out * (1 - out)
        d1 = d2 * params[1] * h * (1 - h)
        return [np.mean(d1 * X, 0, keepdims=True), np.mean(d2 * h, 0, keepdims=True)]
    e1 = slope(e2) * params[1]
    return [
        np.mean(e1 * slope(e1) * params[0], 0, keepdims=True),
        np.mean(e2 * slope(e2) * params[1], 0, keepdims=True),
    ]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
