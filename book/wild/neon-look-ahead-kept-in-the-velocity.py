"""A Nesterov momentum puts the look ahead into the velocity itself, from which the next step goes on."""

import numpy as np

SOURCE = "https://github.com/NervanaSystems/neon/commit/720f84a"
THREAD = "NervanaSystems/neon 720f84a"
DATE = "2017-01"
KIND = "update"
FORMULA = r"v_t = (1 + \mu) (\mu v_{t-1} - \eta\, g_t) - \mu v_{t-1},\; \theta_{t+1} = \theta_t + v_t"
RIGHT = r"v_t = \mu v_{t-1} - \eta\, g_t,\; \theta_{t+1} = \theta_t + (1 + \mu)\, v_t - \mu v_{t-1}"
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


def start_state():
    return {"v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    old = state["v"] or [0 * g for g in grads]
    v = [MU * a - RATE * g for a, g in zip(old, grads)]
    ahead = [(1 + MU) * b - MU * a for a, b in zip(old, v)]
    return [p + move for p, move in zip(params, ahead)], {"v": v if right else ahead}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
