"""A swish learns its own factor, which is missing in its slope, and its gradient is that of the argument alone."""

import numpy as np

SOURCE = "https://github.com/RubixML/ML/pull/425"
THREAD = "RubixML/ML PR #425"
DATE = "2026-08"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = g \odot (\sigma(\beta z^1) \odot (1 - a^1) + a^1),\; \partial C / \partial \beta = "
    r"\textstyle\sum_i g_i\, z^1_i,\; g = (W^2)^\top \delta^2"
)
RIGHT = (
    r"\delta^1 = g \odot (\sigma(\beta z^1) + \beta z^1 \odot \sigma'(\beta z^1)),\; \partial C / \partial "
    r"\beta = \textstyle\sum_i g_i\, (z^1_i)^2\, \sigma'(\beta z^1_i)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a swish with a factor that is learnt
BLOCKS = ["W[1]", "b[1]", "beta[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """Weights as (out, in), samples as columns."""
    return {
        "weights1": rng.standard_normal((4, 3)),
        "biases1": rng.standard_normal((4, 1)),
        "beta": rng.uniform(0.5, 2, (4, 1)),
        "weights2": rng.standard_normal((2, 4)),
        "biases2": rng.standard_normal((2, 1)),
    }


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    x = params["weights1"] @ X + params["biases1"]
    output = sigmoid(x * params["beta"]) * x
    return x, output, params["weights2"] @ output + params["biases2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    x, output, p = forward(params, X)
    d2 = (p - Y) / X.shape[1]
    d_out = params["weights2"].T @ d2
    if right:
        s = sigmoid(x * params["beta"])
        slope, in_beta = s + params["beta"] * x * s * (1 - s), x**2 * s * (1 - s)
    else:
        slope, in_beta = output / x * (1 - output) + output, x
    d1 = d_out * slope
    return {
        "weights1": d1 @ X.T,
        "biases1": d1.sum(1, keepdims=True),
        "beta": (d_out * in_beta).sum(1, keepdims=True),
        "weights2": d2 @ output.T,
        "biases2": d2.sum(1, keepdims=True),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
