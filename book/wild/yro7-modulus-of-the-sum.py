"""A mean absolute error is the modulus of the sum of all errors, beside the derivative of a sum of moduli."""

import numpy as np

SOURCE = "https://github.com/yro7/Modular-MLP-from-Scratch/commit/3655a2e"
THREAD = "yro7/Modular-MLP-from-Scratch 3655a2e"
DATE = "2025-03"
KIND = "cost"
FORMULA = r"C = \tfrac1m\, \bigl\vert \textstyle\sum_i \sum_k (a_{i,k} - y_{i,k}) \bigr\vert"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \sum_k \vert a_{i,k} - y_{i,k} \vert"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = None  # absolute errors
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((2, 4)),
        rng.standard_normal((2, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    W1, b1, W2, b2 = params
    hidden = 1 / (1 + np.exp(-(W1 @ X.T + b1)))
    return hidden, W2 @ hidden + b2


def cost(params, X, Y):
    total = np.sum(forward(params, X)[1] - Y.T)
    return total * np.sign(total.real) / len(X)


def meant(params, X, Y):
    e = forward(params, X)[1] - Y.T
    return np.sum(e * np.sign(e.real)) / len(X)


def backward(params, X, d2):
    hidden = forward(params, X)[0]
    d1 = params[2].T @ d2 * hidden * (1 - hidden)
    return [d1 @ X, d1.sum(1, keepdims=True), d2 @ hidden.T, d2.sum(1, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, np.sign(forward(params, X)[1] - Y.T) / len(X))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    out = forward(params, X)[1]
    return backward(params, X, np.full_like(out, np.sign(np.sum(out - Y.T)) / len(X)))
