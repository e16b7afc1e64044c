"""The layers share one bias each, and the backward pass does not change it."""

import numpy as np

SOURCE = "https://github.com/glouw/tinn/issues/30"
THREAD = "glouw/tinn #30"
DATE = "2023-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = 0"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \sum_k \delta^l_{i,k}"
READ = "code"
GROUP = "blocks"
LAYER = [2]  # one array holds the biases of both layers; it is counted with the second
NAMES = [{"bias-missing"}]
NET = dict(sizes=(3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")  # one bias for a whole layer
BLOCKS = ["W[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """w and x are the weights; b holds one number for each of the two layers."""
    return [rng.standard_normal((5, 3)), rng.standard_normal((2, 5)), rng.standard_normal(2)]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    w, x, b = params
    h = sigmoid(X @ w.T + b[0])
    return h, sigmoid(h @ x.T + b[1])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    h, o = forward(params, X)
    d2 = (o - Y) * o * (1 - o) / len(X)
    d1 = d2 @ params[1] * h * (1 - h)
    return [d1.T @ X, d2.T @ h, np.array([d1.sum(), d2.sum()]) * right]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
