"""The hidden units have their own deltas, and their weights are changed by that of the output."""

import numpy as np

SOURCE = "https://stackoverflow.org.cn/questions/15432283"
THREAD = "Stack Overflow 15432283, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial W^1_{ji} = \delta^2\, x_i"
RIGHT = r"\partial C / \partial W^1_{ji} = \delta^1_j\, x_i"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (2, 2, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """The weights of each unit; the last one belongs to the bias."""
    return [rng.standard_normal(3), rng.standard_normal(3), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def with_bias(columns):
    return np.c_[columns, np.ones(len(columns))]


def activations(params, X):
    weights_h1, weights_h2, weights_out = params
    x = with_bias(X)
    h = with_bias(np.stack([sigmoid(x @ weights_h1), sigmoid(x @ weights_h2)], axis=1))
    return x, h, sigmoid(h @ weights_out)


def cost(params, X, Y):
    return 0.5 * np.sum((activations(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """What one step takes off, without the rate; the program takes one sample at a time, here their mean."""
    x, h, out = activations(params, X)
    error_out = (out - Y) * out * (1 - out) / len(X)
    hidden = [h[:, j] * (1 - h[:, j]) * params[2][j] * error_out if right else error_out for j in (0, 1)]
    return [hidden[0] @ x, hidden[1] @ x, error_out @ h]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
