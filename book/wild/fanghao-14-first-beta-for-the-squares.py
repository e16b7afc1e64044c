"""A correction of Adam gives the old mean of the squares the first beta, and the new square keeps the second."""

import numpy as np

SOURCE = "https://github.com/fanghao6666/neural-networks-and-deep-learning/pull/14"
THREAD = "fanghao6666/neural-networks-and-deep-learning PR #14"
DATE = "2021-03"
KIND = "update"
FORMULA = r"v_t = \beta_1 v_{t-1} + (1 - \beta_2)\, g_t^2"
RIGHT = r"v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.99, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    """Weights as (out, in), samples as columns."""
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((2, 4)),
        rng.standard_normal((2, 1)),
    ]


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal((2, SAMPLES))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((W2 @ np.tanh(W1 @ X + b1) + b2 - Y) ** 2) / X.shape[1]


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(W1 @ X + b1)
    d2 = (W2 @ h + b2 - Y) / X.shape[1]
    d1 = W2.T @ d2 * (1 - h**2)
    return [d1 @ X.T, d1.sum(1, keepdims=True), d2 @ h.T, d2.sum(1, keepdims=True)]


def start_state():
    return {"t": 0, "m": None, "v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    old = BETA2 if right else BETA1
    zeros = [0 * g for g in grads]
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["m"] or zeros, grads)]
    v = [old * a + (1 - BETA2) * g * g for a, g in zip(state["v"] or zeros, grads)]
    corrected = [(a / (1 - BETA1**t), b / (1 - BETA2**t)) for a, b in zip(m, v)]
    moved = [p - RATE * a / (np.sqrt(b) + EPS) for p, (a, b) in zip(params, corrected)]
    return moved, {"t": t, "m": m, "v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
