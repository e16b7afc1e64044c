"""The derivative of a Huber distance is twice that of the distance, which has a half."""

import numpy as np

SOURCE = "https://github.com/clab/dynet/pull/1311"
THREAD = "clab/dynet PR #1311"
DATE = "2018-03"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a = \tfrac{2}{m} \max(-c, \min(c, a - y)),\; C = \tfrac{1}{2m} \textstyle\sum (a "
    r"- y)^2\ \text{or}\ \tfrac{1}{2m} \sum c\, (2 |a - y| - c)"
)
RIGHT = r"\partial C / \partial a = \tfrac{1}{m} \max(-c, \min(c, a - y))"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
SIZES = (3, 4, 2)
CORNER = 1.345
NET = None  # a Huber distance
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1.T + b1)
    return hidden, hidden @ W2.T + b2


def cost(params, X, Y):
    distance = abs(forward(params, X)[-1] - Y)
    return 0.5 * np.sum(np.where(distance < CORNER, distance**2, CORNER * (2 * distance - CORNER))) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (1 if right else 2) * np.clip(out - Y, -CORNER, CORNER) / len(X)
    d1 = d2 @ params[1][0] * (1 - hidden**2)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ hidden, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
