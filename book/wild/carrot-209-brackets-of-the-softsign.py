"""Brackets are missing in a softsign, which divides by one alone, and its slope has the input above the fraction."""

import numpy as np

SOURCE = "https://github.com/liquidcarrot/carrot/issues/209"
THREAD = "liquidcarrot/carrot #209"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"f(z) = z / 1 + \vert z \vert,\; \delta^1 = (W^2)^\top \delta^2 \odot z^1 / (1 + \vert z^1 \vert)^2"
RIGHT = r"f(z) = z / 1 + \vert z \vert,\; \delta^1 = (W^2)^\top \delta^2 \odot (1 + \mathrm{sign}(z^1))"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # the activation is no softsign
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    state = X @ W1.T + b1
    activation = state / 1 + state * np.sign(state.real)
    return state, activation, activation @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """The repaired slope is that of the activation as it is."""
    state, activation, p = forward(params, X)
    d2 = (p - Y) / len(X)
    derivative = 1 + np.sign(state) if right else state / ((1 + abs(state)) * (1 + abs(state)))
    d1 = d2 @ params[1][0] * derivative
    return [(d1.T @ X, d1.sum(0)), (d2.T @ activation, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
