"""A reader asks why the activation of a hidden unit stands in the change of the weight above it."""

import numpy as np

SOURCE = "https://github.com/leriomaggio/deep-learning-keras-tensorflow/issues/9"
THREAD = "leriomaggio/deep-learning-keras-tensorflow #9"
DATE = "2017-02"
KIND = "right"
FORMULA = r"\partial C / \partial W^2_{k,j} = \delta^2_k\, a^1_j"
RIGHT = r"\partial C / \partial W^2_{k,j},\; \Delta W^2_{k,j} = \delta^2_k\ \text{is no gradient}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")  # no biases
SAMPLES = 6
LAM = 0.0


def start(rng):
    """wi[i][j] and wo[j][k], as lists of rows."""
    return [[list(row) for row in rng.standard_normal((n, k))] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), 0.8 * rng.choice([-1.0, 1.0], (SAMPLES, SIZES[-1]))


def forward(weights, X):
    wi, wo = map(np.array, weights)
    ah = np.tanh(X @ wi)
    return wi, wo, ah, np.tanh(ah @ wo)


def cost(weights, X, Y):
    return 0.5 * np.sum((Y - forward(weights, X)[-1]) ** 2) / len(X)


def grad(weights, X, Y):
    wi, wo, ah, ao = forward(weights, X)
    changes = [np.zeros_like(wi), np.zeros_like(wo)]
    for x, h, a, y in zip(X, ah, ao, Y):
        output_deltas = (1 - a**2) * (y - a)
        hidden_deltas = (1 - h**2) * (wo @ output_deltas)
        changes[1] += np.outer(h, output_deltas)
        changes[0] += np.outer(x, hidden_deltas)
    return [[list(-row / len(X)) for row in change] for change in changes]


repaired = grad
