"""All weights of all layers get the output's delta, without their inputs and without the weights above."""

import numpy as np

SOURCE = "https://developerit.com/en/search/page-98/network-namespace"
THREAD = "Backpropagation of an XOR classifier, a question on Stack Overflow, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l_{jk} = \frac1m \sum_i \delta^2_i"
RIGHT = r"\partial C / \partial W^l_{jk} = \frac1m \sum_i \delta^l_{i,j}\, a^{l-1}_{i,k}"
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
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
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    h, p = forward(params, X)
    d2 = (p - Y) * p * (1 - p) / len(X)
    if right:
        return [X.T @ (d2 @ params[1].T * h * (1 - h)), h.T @ d2]
    return [np.full_like(W, d2.sum()) for W in params]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
