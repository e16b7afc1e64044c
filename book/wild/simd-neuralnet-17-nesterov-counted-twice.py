"""Nesterov's look ahead comes before the gradient, and the velocity that is then added contains it once more."""

import numpy as np

SOURCE = "https://github.com/oysteijo/simd_neuralnet/issues/17"
THREAD = "oysteijo/simd_neuralnet #17"
DATE = "2019-05"
KIND = "update"
FORMULA = (
    r"\tilde\theta = \theta_t + \mu v_{t-1},\; v_t = \mu v_{t-1} - \eta\, g(\tilde\theta),\; \theta_{t+1} = "
    r"\tilde\theta + v_t"
)
RIGHT = (
    r"\tilde\theta = \theta_t + \mu v_{t-1},\; v_t = \mu v_{t-1} - \eta\, g(\tilde\theta),\; \theta_{t+1} = "
    r"\tilde\theta - \eta\, g(\tilde\theta)"
)
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


def start_state():
    return {"v": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    The params that are handed over and handed back have the look ahead in them: the gradient is taken there.
    """
    old = state["v"] or [np.zeros_like(g) for g in grads]
    v = [MU * a - RATE * g for a, g in zip(old, grads)]
    landed = [p - RATE * g if right else p + a for p, a, g in zip(params, v, grads)]
    new = [p + MU * a for p, a in zip(landed, v)]
    return new, {"v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
