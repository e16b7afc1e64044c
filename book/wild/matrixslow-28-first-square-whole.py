"""RMSprop's mean begins with the whole first square and weighs the later ones."""

import numpy as np

SOURCE = "https://github.com/zc911/MatrixSlow/issues/28"
THREAD = "zc911/MatrixSlow #28"
DATE = "2025-01"
KIND = "update"
FORMULA = r"v_1 = g_1^2,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2\ \text{for}\ t > 1"
RIGHT = r"v_1 = (1 - \beta_2)\, g_1^2,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA2, EPS = 0.01, 0.9, 1e-10
SETTINGS = dict(like="rmsprop", lr=RATE, beta2=BETA2, eps=EPS)


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
    return {"s": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    if state["s"] is None:
        s = [(1 - BETA2 if right else 1) * g**2 for g in grads]
    else:
        s = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(state["s"], grads)]
    return [p - RATE * g / (np.sqrt(a) + EPS) for p, g, a in zip(params, grads, s)], {"s": s}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
