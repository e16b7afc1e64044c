"""A repair of Nesterov's step overlooks that the parameters are those of the point ahead."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/pull/5920"
THREAD = "pytorch/pytorch PR #5920"
DATE = "2018-03"
KIND = "right"
FORMULA = r"v_t = \mu v_{t-1} + g_t,\; \theta_{t+1} = \theta_t - \eta\, (g_t + \mu v_t)"
RIGHT = r"v_t = \mu v_{t-1} + \eta\, g_t,\; \theta_{t+1} = \theta_t - (\mu v_t + \eta\, g_t)"
READ = "discussion"
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
    return {"buf": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    rate = RATE if right else 1  # within the velocity
    buf = [MU * a + rate * g for a, g in zip(state["buf"] or [0 * g for g in grads], grads)]
    changes = [rate * g + MU * a for g, a in zip(grads, buf)]
    return [p - (1 if right else RATE) * c for p, c in zip(params, changes)], {"buf": buf}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
