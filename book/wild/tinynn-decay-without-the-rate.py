"""The weight decay is taken off a step that has been multiplied by the rate already."""

import numpy as np

SOURCE = "https://github.com/borgwang/tinynn/commit/707ba24"
THREAD = "borgwang/tinynn 707ba24"
DATE = "2019-10"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, g_t - \lambda\, \theta_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t - \eta \lambda\, \theta_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, DECAY = 0.1, 0.004
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
    """params and grads are lists of arrays; returns the new params and the new state."""
    moves = [-RATE * g for g in grads]
    decay = RATE * DECAY if right else DECAY
    return [p + (a - decay * p) for p, a in zip(params, moves)], state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
