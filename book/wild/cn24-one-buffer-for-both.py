"""Both means of Adam are kept in one buffer, where the second one overwrites the first."""

import numpy as np

SOURCE = "https://github.com/cvjena/cn24/commit/dcf50c3ca258d8e13f594b479179d4762d324b07"
THREAD = "cvjena/cn24 dcf50c3"
DATE = "2016-10"
KIND = "update"
FORMULA = r"m_t = \beta_1 v_{t-1} + (1 - \beta_1)\, g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
RIGHT = r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.99, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


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
    return {"t": 0, "m": None, "v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    zeros = [0 * g for g in grads]
    second = state["v"] or zeros
    first = (state["m"] if right else state["v"]) or zeros
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(first, grads)]
    v = [BETA2 * a + (1 - BETA2) * g * g for a, g in zip(second, grads)]
    c1, c2 = 1 - BETA1**t, 1 - BETA2**t
    moved = [p - RATE * (a / c1) / (np.sqrt(b / c2) + EPS) for p, a, b in zip(params, m, v)]
    return moved, {"t": t, "m": m, "v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
