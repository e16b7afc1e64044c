"""The sum in the softmax's backward pass runs over the samples of a batch instead of the classes."""

import numpy as np

SOURCE = "https://github.com/RubixML/ML/pull/480"
THREAD = "RubixML/ML PR #480"
DATE = "2026-09"
KIND = "gradient"
FORMULA = (
    r"\delta^2_{ki} = a_{ki}\, \bigl(g_{ki} - \textstyle\sum_{i'} a_{ki'}\, g_{ki'}\bigr),\; g = \tfrac1m "
    r"(a^2 - y)"
)
RIGHT = r"\delta^2_{ki} = a_{ki}\, \bigl(g_{ki} - \textstyle\sum_{k'} a_{k'i}\, g_{k'i}\bigr)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 4)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(0)


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """A row for each class, a column for each sample."""
    return rng.standard_normal((SIZES[0], SAMPLES)), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)].T


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(W1 @ X + b1)
    return h, softmax(W2 @ h + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    h, output = forward(params, X)
    loss = (output - Y) / X.shape[1]
    prod = output * loss
    d2 = prod - output * prod.sum(0 if right else 1, keepdims=True)
    d1 = params[1][0].T @ d2 * (1 - h**2)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
