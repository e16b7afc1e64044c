"""The slope of a scaled tanh is that of tanh with the factor before it, but its output has the factor in it."""

import numpy as np

SOURCE = "https://github.com/hughperkins/DeepCL/commit/4af7210fbbcc09e7fd2c6de7b347cf98f432a160"
THREAD = "hughperkins/DeepCL 4af7210"
DATE = "2015-01"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot s\, \bigl(1 - (a^1)^2\bigr),\; a^1 = s \tanh z^1,\; s = 1.73205"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot s\, \bigl(1 - (a^1 / s)^2\bigr),\; a^1 = s \tanh z^1,\; s = 1.73205"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a scaled tanh
BLOCKS = ["W[1]", "W[2]", "b[1]", "b[2]"]
SAMPLES = 7
LAM = 0.0


SCALE = 1.73205


def start(rng):
    return {
        "weights": [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])],
        "biases": [rng.standard_normal(k) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, W2), (b1, b2) = params["weights"], params["biases"]
    output = SCALE * np.tanh(X @ W1.T + b1)
    return output, output @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    output, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["weights"][1] * SCALE * (1 - (output / SCALE if right else output) ** 2)
    return {"weights": [d1.T @ X, d2.T @ output], "biases": [d1.sum(0), d2.sum(0)]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
