"""The mask of a ReLU is taken of its output, and a reader would take it of its input."""

import numpy as np

SOURCE = "https://github.com/iamtrask/Grokking-Deep-Learning/issues/59"
THREAD = "iamtrask/Grokking-Deep-Learning #59"
DATE = "2021-12"
KIND = "right"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """No biases."""
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z1 = X @ params[0]
    a1 = z1 * (z1.real > 0)
    return a1, a1 @ params[1]


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y):
    a1, p = forward(params, X)
    d2 = 2 * (p - Y)
    d1 = d2 @ params[1].T * (a1 > 0)
    return [X.T @ d1, a1.T @ d2]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
