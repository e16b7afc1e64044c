"""The mean of the inputs times the mean of the deltas stands for the mean of their products."""

import numpy as np

SOURCE = "https://github.com/BenjaminTSmith/Neural-Network-From-Scratch/commit/e8bca91249ce2a160d9df98e66903db85ea29708"
THREAD = "BenjaminTSmith/Neural-Network-From-Scratch e8bca91"
DATE = "2024-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_j = \bar x_j\, \bar\delta,\; \bar x = \tfrac1N \sum_i x_i"
RIGHT = r"\partial C / \partial w_j = \tfrac1N \sum_i x_{ij}\, \delta_i"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """One unit."""
    return [rng.standard_normal((3, 1)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0, 1, (SAMPLES, 1))


def cost(params, X, Y):
    return 0.5 * np.sum((sigmoid(X @ params[0] + params[1]) - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    out = sigmoid(X @ params[0] + params[1])
    delta = (out - Y) * out * (1 - out)
    products = X.T @ delta / len(X)
    means = X.mean(0)[:, None] * delta.mean(0)
    return [products if right else means, delta.mean(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
