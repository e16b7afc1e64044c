"""The error of a set adds the differences of the outputs before it squares them."""

import numpy as np

SOURCE = "https://github.com/ThomasMiz/multilayer-perceptron/commit/fc72c2c"
THREAD = "ThomasMiz/multilayer-perceptron fc72c2c"
DATE = "2023-07"
KIND = "cost"
FORMULA = r"C = \tfrac{1}{2N} \sum_i \bigl(\sum_k (y_{ik} - a_{ik})\bigr)^2"
RIGHT = r"C = \tfrac{1}{2N} \sum_i \sum_k (y_{ik} - a_{ik})^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0, 1, (SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = sigmoid(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    return 0.5 * np.mean((Y - forward(params, X)[-1]).sum(axis=1) ** 2)


def meant(params, X, Y):
    return 0.5 * np.sum((Y - forward(params, X)[-1]) ** 2) / len(X)


def backward(params, X, Y, own):
    h, out = forward(params, X)
    e = out - Y
    e = e.sum(axis=1, keepdims=True) * np.ones_like(e) if own else e
    d2 = e * out * (1 - out) / len(X)
    d1 = d2 @ params[2].T * h * (1 - h)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, own=False)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, own=True)
