"""A reader wants the slope of a ReLU to be one where the value is negative, and it is one where it is positive."""

import numpy as np

SOURCE = "https://github.com/patrikeh/go-deep/issues/30"
THREAD = "patrikeh/go-deep #30"
DATE = "2022-04"
KIND = "right"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot f'(z^1),\; f(z) = \max(0, z)"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A list of layers, each of a list of neurons with their weights, of which the last is the bias."""
    return [[rng.standard_normal(n + 1) for _ in range(k)] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def fire(layer, inputs):
    return np.stack([inputs @ neuron[:-1] + neuron[-1] for neuron in layer], axis=1)


def forward(params, X):
    z = fire(params[0], X)
    y = z * (z.real > 0)
    return y, fire(params[1], y)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def grad(params, X, Y):
    y, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ np.stack(params[1])[:, :-1] * (y > 0)
    ones = np.ones((len(X), 1))
    return [list(d.T @ np.hstack([a, ones])) for d, a in ((d1, X), (d2, y))]


repaired = grad
