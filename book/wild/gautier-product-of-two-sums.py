"""Over a batch the sum of the inputs times slopes is multiplied by the sum of the errors."""

import numpy as np

SOURCE = "https://github.com/GautierLearnsProgramming/neural-net-from-scratch/commit/8998b7f"
THREAD = "GautierLearnsProgramming/neural-net-from-scratch 8998b7f"
DATE = "2022-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l = \bigl(\textstyle\sum_i g^l_i\bigr) \odot \sum_i \sigma'(z^l_i)\, "
    r"(a^{l-1}_i)^\top,\; g^l = \partial C / \partial a^l"
)
RIGHT = (
    r"\partial C / \partial W^l = \textstyle\sum_i \bigl(g^l_i \odot \sigma'(z^l_i)\bigr)\, "
    r"(a^{l-1}_i)^\top,\; g^l = \partial C / \partial a^l"
)
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """No biases."""
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    hidden = sigmoid(X @ params[0])
    return hidden, sigmoid(hidden @ params[1])


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def of_weights(below, a, g, right):
    slopes = a * (1 - a)
    return below.T @ (slopes * g) if right else below.T @ slopes * g.sum(0)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    upper = 2 * (out - Y) / Y.size
    lower = (upper * out * (1 - out)) @ params[1].T
    return [of_weights(X, hidden, lower, right), of_weights(hidden, out, upper, right)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
