"""A reader sees a step taken on a temporary name and asks where the weights are updated: it is the same memory."""

import numpy as np

SOURCE = "https://github.com/rasbt/deeplearning-models/issues/80"
THREAD = "rasbt/deeplearning-models #80"
DATE = "2026-05"
KIND = "right"
FORMULA = r"\tilde\theta = \theta \text{ (the same memory)},\; \tilde\theta \leftarrow \tilde\theta - \eta\, g_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE = 0.1
SETTINGS = dict(like="sgd", lr=RATE)


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
    return {}


def step(params, grads, state, as_written):
    """params and grads are lists of arrays; returns the new params and the new state."""
    if as_written:
        for p, g in zip(params, grads):
            tmp = p.view()
            tmp -= RATE * g
        return params, state
    return [p - RATE * g for p, g in zip(params, grads)], state


def update(params, grads, state):
    return step(params, grads, state, as_written=True)


def repaired_update(params, grads, state):
    """The rule in its usual form, which ends in the same place."""
    return step(params, grads, state, as_written=False)
