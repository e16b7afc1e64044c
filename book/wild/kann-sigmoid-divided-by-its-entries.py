"""The backward pass of a sigmoid divides by the number of entries of its node."""

import numpy as np

SOURCE = "https://github.com/attractivechaos/kann/commit/9e4b3b8"
THREAD = "attractivechaos/kann 9e4b3b8"
DATE = "2016-12"
KIND = "gradient"
FORMULA = r"\delta^1 = \frac{1}{m n_1}\, g \odot a^1 \odot (1 - a^1),\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot a^1 \odot (1 - a^1),\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A row of a matrix has the weights of a unit."""
    return [
        rng.standard_normal((SIZES[1], SIZES[0])),
        rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[2], SIZES[1])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    hidden = 1 / (1 + np.exp(-(X @ params[0].T + params[1])))
    return hidden, hidden @ params[2].T + params[3]


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = 2 * (out - Y) / Y.size
    d1 = d2 @ params[2] * hidden * (1 - hidden) / (1 if right else hidden.size)
    return [d1.T @ X, d1.sum(0), d2.T @ hidden, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
