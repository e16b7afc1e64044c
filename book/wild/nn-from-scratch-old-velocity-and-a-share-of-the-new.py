"""A repair of Nesterov's step adds a share of the new mean, where a share of the gradient was meant."""

import numpy as np

SOURCE = "https://github.com/RyanDsilva/nn-from-scratch/commit/8cb51dd"
THREAD = "RyanDsilva/nn-from-scratch 8cb51dd"
DATE = "2020-05"
KIND = "update"
FORMULA = (
    r"v_t = \mu v_{t-1} + (1 - \mu)\, g_t,\; \theta_{t+1} = \theta_t - \eta\, (\mu v_{t-1} + (1 - \mu)\, "
    r"v_t)"
)
RIGHT = r"v_t = \mu v_{t-1} + (1 - \mu)\, g_t,\; \theta_{t+1} = \theta_t - \eta\, (\mu v_t + (1 - \mu)\, g_t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MU = 0.5, 0.9
SETTINGS = dict(like="nesterov", lr=RATE * (1 - MU), momentum=MU)


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
    old = state["v"] or [np.zeros_like(g) for g in grads]
    new = [MU * a + (1 - MU) * g for a, g in zip(old, grads)]
    if right:
        changes = [MU * b + (1 - MU) * g for b, g in zip(new, grads)]
    else:
        changes = [MU * a + (1 - MU) * b for a, b in zip(old, new)]
    return [p - RATE * c for p, c in zip(params, changes)], {"v": new}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
