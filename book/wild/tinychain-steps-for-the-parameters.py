"""A descent writes its steps into the parameters, and what stood there is gone."""

import numpy as np

SOURCE = "https://github.com/haydnv/tinychain/commit/5452282"
THREAD = "haydnv/tinychain 5452282"
DATE = "2022-01"
KIND = "update"
FORMULA = r"\theta_{t+1} = \eta\, g_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t"
READ = "code"
LAYER = []
NAMES = [{"parameters-replaced"}, {"step-returned"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE = 0.1
SETTINGS = dict(like="sgd", lr=RATE)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {}


def update(params, deltas, state):
    return [delta * RATE for delta in deltas], state


def repaired_update(params, deltas, state):
    return [p - delta * RATE for p, delta in zip(params, deltas)], state
