"""The last weights' gradient lacks the output's slope, while the delta that goes down has it."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/59399842/xor-gate-with-backpropagation"
THREAD = "Stack Overflow 59399842"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial W^2 = \frac1m \sum_i (a^2_i - y_i) (a^1_i)^\top"
RIGHT = r"\partial C / \partial W^2 = \frac1m \sum_i \delta^2_i (a^1_i)^\top"
READ = "discussion"
GROUP = "slope"
LAYER = [2]
NAMES = [{"output-slope-forgotten"}]
NET = dict(sizes=(2, 4, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W in params:
        z.append(a[-1] @ W)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written weight by weight, for one sample; here the mean of a batch."""
    _, (x, h, p) = forward(params, X)
    e = (p - Y) / len(X)
    d2 = e * p * (1 - p)
    d1 = d2 @ params[1].T * h * (1 - h)
    return [x.T @ d1, h.T @ (d2 if right else e)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
