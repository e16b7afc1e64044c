"""A weight decay takes the same number off every weight, whatever the weight is."""

import numpy as np

SOURCE = "https://github.com/jettify/pytorch-optimizer/issues/454"
THREAD = "jettify/pytorch-optimizer #454"
DATE = "2022-08"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, g_t - \eta \lambda"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t - \eta \lambda\, \theta_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, DECAY = 0.05, 0.02
SETTINGS = dict(like="sgd", lr=RATE, weight_decay=DECAY)


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


def step(params, grads, state, right):
    """params and grads are lists of arrays; the momentum is left at its default, which is none."""
    return [p - RATE * g - RATE * DECAY * (p if right else 1) for p, g in zip(params, grads)], state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
