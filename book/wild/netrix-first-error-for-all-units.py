"""A loop over the units of a layer takes the error of the first one each time."""

import numpy as np

SOURCE = "https://github.com/Netrix/neuralnetwork/commit/ecdf5c4"
THREAD = "Netrix/neuralnetwork ecdf5c4"
DATE = "2017-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l_k = \delta^l_1\, a^{l-1},\; \epsilon^{l-1} = \textstyle\sum_k \delta^l_1\, W^l_k"
RIGHT = r"\partial C / \partial W^l_k = \delta^l_k\, a^{l-1},\; \epsilon^{l-1} = \textstyle\sum_k \delta^l_k\, W^l_k"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
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


def through_layer(theta, below, errors, right):
    """The gradient of a layer, and what it sends down."""
    if not right:
        errors = np.repeat(errors[:, :1], len(theta), axis=1)
    return errors.T @ ones(below), errors @ theta[:, 1:]


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    upper, sent = through_layer(params[1], hidden, (out - Y) / len(X), right)
    lower, _ = through_layer(params[0], X, sent * (1 - hidden**2), right)
    return [lower, upper]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
