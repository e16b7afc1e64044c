"""A momentum is put in order so that the sum it should keep is set to zero in each step."""

import numpy as np

SOURCE = "https://github.com/larc/backpropagation/commit/7957874"
THREAD = "larc/backpropagation 7957874"
DATE = "2022-07"
KIND = "update"
FORMULA = r"v_t = (1 - \mu)\, \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
RIGHT = r"v_t = \mu v_{t-1} + (1 - \mu)\, \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
READ = "code"
LAYER = []
NAMES = [{"velocity-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, MU = 0.1, 0.9
SETTINGS = dict(like="momentum", lr=RATE * (1 - MU), momentum=MU)


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
    return {"v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    kept = state["v"] or [0 * g for g in grads]
    v = [MU * a + (1 - MU) * RATE * g for a, g in zip(kept, grads)]
    return [p - a for p, a in zip(params, v)], {"v": v if right else None}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
