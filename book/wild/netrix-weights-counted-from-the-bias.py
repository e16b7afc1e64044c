"""What goes down is weighted from the bias on, so that each unit gets the weight of the one before it."""

import numpy as np

SOURCE = "https://github.com/Netrix/neuralnetwork/commit/ecdf5c4"
THREAD = "Netrix/neuralnetwork ecdf5c4"
DATE = "2017-01"
KIND = "gradient"
FORMULA = (
    r"\epsilon_j = \textstyle\sum_k \delta_k\, \theta_{k,j-1},\; z_k = \theta_{k,0} + \sum_{j \ge 1} "
    r"\theta_{k,j}\, a_j"
)
RIGHT = (
    r"\epsilon_j = \textstyle\sum_k \delta_k\, \theta_{k,j},\; z_k = \theta_{k,0} + \sum_{j \ge 1} "
    r"\theta_{k,j}\, a_j"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"bias-row-kept"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A row of each layer has the bias of a unit first, and then its weights."""
    return [rng.standard_normal((SIZES[1], 1 + SIZES[0])), rng.standard_normal((SIZES[2], 1 + SIZES[1]))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def ones(a):
    return np.hstack([np.ones((len(a), 1)), a])


def forward(params, X):
    hidden = np.tanh(ones(X) @ params[0].T)
    return hidden, ones(hidden) @ params[1].T


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (out - Y) / len(X)
    weights = params[1][:, 1:] if right else params[1][:, :-1]
    d1 = d2 @ weights * (1 - hidden**2)
    return [d1.T @ ones(X), d2.T @ ones(hidden)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
