"""A reader of a note takes a velocity that points uphill, and is taken off, for a wrong one."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/44917"
THREAD = "pytorch/pytorch #44917"
DATE = "2020-09"
KIND = "right"
FORMULA = r"v_t = \mu v_{t-1} + \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
RIGHT = r"v_t = \mu v_{t-1} - \eta\, g_t,\; \theta_{t+1} = \theta_t + v_t"
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MU = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=RATE, momentum=MU)


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
    return {"v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    sign = -1 if right else 1
    v = [MU * a + sign * RATE * g for a, g in zip(state["v"] or [0 * g for g in grads], grads)]
    return [p - sign * a for p, a in zip(params, v)], {"v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    """The rule in another form, which ends in the same place."""
    return step(params, grads, state, right=True)
