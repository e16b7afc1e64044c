"""A reader of a Nesterov momentum takes the second momentum in it, which looks ahead, for one too many."""

import numpy as np

SOURCE = "https://github.com/keras-team/keras/issues/14115"
THREAD = "keras-team/keras #14115"
DATE = "2020-06"
KIND = "right"
FORMULA = r"v_t = \mu v_{t-1} - \eta\, g_t,\; \theta_{t+1} = \theta_t + \mu v_t - \eta\, g_t"
RIGHT = r"v_t = \mu v_{t-1} - \eta\, g_t,\; \theta_{t+1} = \theta_t + \mu^2 v_{t-1} - (1 + \mu)\, \eta\, g_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MU = 0.05, 0.9
SETTINGS = dict(like="nesterov", lr=RATE, momentum=MU)


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


grad = repaired


def start_state():
    return {"moments": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    old = state["moments"] or [0 * g for g in grads]
    new = [MU * a - RATE * g for a, g in zip(old, grads)]
    if right:
        moves = [MU**2 * a - (1 + MU) * RATE * g for a, g in zip(old, grads)]
    else:
        moves = [MU * b - RATE * g for b, g in zip(new, grads)]
    return [p + move for p, move in zip(params, moves)], {"moments": new}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    """The rule in another form, which ends in the same place."""
    return step(params, grads, state, right=True)
