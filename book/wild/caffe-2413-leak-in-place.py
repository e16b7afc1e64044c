"""A leaky ReLU with a negative leak writes over its input, and its slope asks what is positive everywhere then."""

import numpy as np

SOURCE = "https://github.com/BVLC/caffe/issues/2413"
THREAD = "BVLC/caffe #2413"
DATE = "2015-05"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([a^1 > 0] + s\, [a^1 \le 0]\bigr) = (W^2)^\top \delta^2,\; s < 0"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] + s\, [z^1 \le 0]\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}]
SIZES = (3, 5, 2)
NET = None  # a leak below zero
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

LEAK = -0.25


def start(rng):
    return {
        "ip1": [rng.standard_normal((5, 3)), rng.standard_normal(5)],
        "ip2": [rng.standard_normal((2, 5)), rng.standard_normal(2)],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params["ip1"], params["ip2"]
    bottom = X @ W1.T + b1
    top = np.where(bottom.real > 0, bottom, LEAK * bottom)
    return bottom, top, top @ W2.T + b2


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / (2 * len(X))


def backward(params, X, Y, right):
    bottom, top, p = forward(params, X)
    d2 = (p - Y) / len(X)
    asked = bottom if right else top  # in place, both are the same array
    d1 = d2 @ params["ip2"][0] * ((asked > 0) + LEAK * (asked <= 0))
    return {"ip1": [d1.T @ X, d1.sum(0)], "ip2": [d2.T @ top, d2.sum(0)]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
