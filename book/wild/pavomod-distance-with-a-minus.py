"""The derivative of a mean Euclidean distance has a minus beside the output minus the target."""

import numpy as np

SOURCE = "https://github.com/pavomod/Neural-network-from-scratch/commit/d49b48a"
THREAD = "pavomod/Neural-network-from-scratch d49b48a"
DATE = "2024-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial a_i = -\tfrac1m\, \frac{a_i - y_i}{\lVert a_i - y_i \rVert}"
RIGHT = (
    r"\partial C / \partial a_i = \tfrac1m\, \frac{a_i - y_i}{\lVert a_i - y_i \rVert},\; "
    r"C = \tfrac1m \textstyle\sum_i \lVert y_i - a_i \rVert"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (3, 4, 2)
NET = None  # a distance and no square
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((3, 4)),
        rng.standard_normal((1, 4)),
        rng.standard_normal((4, 2)),
        rng.standard_normal((1, 2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    W1, b1, W2, b2 = params
    hidden = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return hidden, hidden @ W2 + b2


def cost(params, X, Y):
    return np.mean(np.sqrt(np.sum((Y - forward(params, X)[1]) ** 2, axis=1)))


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    e = out - Y
    slope = e / np.sqrt(np.sum(e**2, axis=1, keepdims=True)) / len(X)
    d2 = slope if right else -slope
    d1 = d2 @ params[2].T * hidden * (1 - hidden)
    return [X.T @ d1, d1.sum(0, keepdims=True), hidden.T @ d2, d2.sum(0, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
