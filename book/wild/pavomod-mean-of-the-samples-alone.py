"""A loss becomes a mean over all entries, and its derivative is divided by the samples alone."""

import numpy as np

SOURCE = "https://github.com/pavomod/Neural-network-from-scratch/commit/110b33f"
THREAD = "pavomod/Neural-network-from-scratch 110b33f"
DATE = "2024-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = \tfrac2m\, (a^2 - y),\; C = \tfrac{1}{mK} \textstyle\sum (y - a^2)^2"
RIGHT = r"\partial C / \partial a^2 = \tfrac{2}{mK}\, (a^2 - y),\; C = \tfrac{1}{mK} \textstyle\sum (y - a^2)^2"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}, {"outputs-not-averaged"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """One list of weights, and one of biases."""
    return (
        [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])],
        [rng.standard_normal((1, k)) for k in SIZES[1:]],
    )


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, W2), (b1, b2) = params
    hidden = np.tanh(X @ W1 + b1)
    return hidden, hidden @ W2 + b2


def cost(params, X, Y):
    return np.mean((Y - forward(params, X)[1]) ** 2)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = -2 * (Y - out) / (Y.size if right else len(Y))
    d1 = d2 @ params[0][1].T * (1 - hidden**2)
    return [X.T @ d1, hidden.T @ d2], [d1.sum(0, keepdims=True), d2.sum(0, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
