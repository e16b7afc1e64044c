"""A reader expects twice the other vector in the gradient of a squared distance."""

import numpy as np

SOURCE = "https://github.com/BVLC/caffe/issues/2312"
THREAD = "BVLC/caffe #2312"
DATE = "2015-04"
KIND = "right"
FORMULA = (
    r"\partial C / \partial a = \tfrac1m (a - b),\; C = \tfrac{1}{2m} \textstyle\sum \lVert a - b \rVert^2\ "
    r"\text{for pairs that belong together}"
)
RIGHT = r"\partial C / \partial a,\; \tfrac1m (a - 2 b)\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4)
MARGIN = 2.0
NET = None  # a loss of pairs
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Each of the two inputs has a layer of its own."""
    return [(rng.standard_normal((SIZES[1], SIZES[0])), rng.standard_normal(SIZES[1])) for _ in range(2)]


def data(rng):
    """Two inputs in a row, and whether they belong together."""
    return rng.standard_normal((SAMPLES, 2 * SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def forward(params, X):
    pair = [np.tanh(x @ W.T + b) for x, (W, b) in zip(np.split(X, 2, axis=1), params)]
    difference = pair[0] - pair[1]
    return pair, difference, np.sqrt(np.sum(difference**2, axis=1, keepdims=True))


def cost(params, X, Y):
    distance = forward(params, X)[-1]
    return 0.5 * np.sum(Y * distance**2 + (1 - Y) * np.maximum(MARGIN - distance, 0) ** 2) / len(X)


def grad(params, X, Y):
    pair, difference, distance = forward(params, X)
    apart = -np.maximum(MARGIN - distance, 0) * difference / distance
    g = (Y * difference + (1 - Y) * apart) / len(X)
    deltas = [sign * g * (1 - a**2) for sign, a in zip((1, -1), pair)]
    return [(delta.T @ x, delta.sum(0)) for delta, x in zip(deltas, np.split(X, 2, axis=1))]


repaired = grad
