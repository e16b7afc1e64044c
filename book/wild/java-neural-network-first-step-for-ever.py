"""A momentum computes its next step from the last and keeps the last, so that each step is the first one again."""

import numpy as np

SOURCE = "https://github.com/edvn0/JavaNeuralNetwork/commit/d0eba5a"
THREAD = "edvn0/JavaNeuralNetwork d0eba5a"
DATE = "2020-10"
KIND = "update"
FORMULA = r"v_t = v_1 = \eta\, g_1,\; \theta_{t+1} = \theta_t - v_t"
RIGHT = r"v_t = \mu v_{t-1} + \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
READ = "code"
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
    return {"last_deltas": None}


def next_deltas(last_deltas, grads):
    return [MU * last + RATE * g for last, g in zip(last_deltas, grads)]


def update(params, grads, state):
    last_deltas = state["last_deltas"]
    if last_deltas is None:
        last_deltas = [RATE * g for g in grads]
    else:
        next_deltas(last_deltas, grads)
    return [p - delta for p, delta in zip(params, last_deltas)], {"last_deltas": last_deltas}


def repaired_update(params, grads, state):
    last_deltas = state["last_deltas"]
    if last_deltas is None:
        last_deltas = [RATE * g for g in grads]
    else:
        last_deltas = next_deltas(last_deltas, grads)
    return [p - delta for p, delta in zip(params, last_deltas)], {"last_deltas": last_deltas}
