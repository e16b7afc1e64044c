"""The gradient of a distance is the difference of the two vectors, as if the distance were half of its square."""

import numpy as np

SOURCE = "https://github.com/torch/nn/commit/4be845e"
THREAD = "torch/nn 4be845e"
DATE = "2013-10"
KIND = "gradient"
FORMULA = r"\partial d / \partial u = u - v,\; d = \lVert u - v \rVert_p"
RIGHT = r"\partial d / \partial u = (u - v) \odot |u - v|^{p-2} / d^{p-1},\; d = \lVert u - v \rVert_p"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4)
NORM = 3
NET = None  # a distance of two outputs of one layer
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((SIZES[1], SIZES[0])), rng.standard_normal(SIZES[1])]


def data(rng):
    """Two inputs in a row, and the distance that they should have."""
    return rng.standard_normal((SAMPLES, 2 * SIZES[0])), rng.uniform(0, 2, (SAMPLES, 1))


def forward(params, X):
    pair = [np.tanh(x @ params[0].T + params[1]) for x in np.split(X, 2, axis=1)]
    apart = pair[0] - pair[1]
    return pair, apart, np.sum(abs(apart) ** NORM, axis=1, keepdims=True) ** (1 / NORM)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    pair, apart, distance = forward(params, X)
    slope = apart * abs(apart) ** (NORM - 2) / distance ** (NORM - 1) if right else apart
    g = (distance - Y) / len(X) * slope
    deltas = [sign * g * (1 - a**2) for sign, a in zip((1, -1), pair)]
    return [sum(d.T @ x for d, x in zip(deltas, np.split(X, 2, axis=1))), sum(d.sum(0) for d in deltas)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
