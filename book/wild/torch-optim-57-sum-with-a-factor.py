"""A repair takes the two arguments of a sum for two summands, and the first is the factor of the second."""

import numpy as np

SOURCE = "https://github.com/torch/optim/pull/57"
THREAD = "torch/optim PR #57"
DATE = "2015-04"
KIND = "right"
FORMULA = r"\theta_{t+1} = \mathrm{add}(\theta_t, -\eta, u_t),\; u_t = g_t / (\sqrt{v_t} + \varepsilon)"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, u_t,\; u_t = g_t / (\sqrt{v_t} + \varepsilon)"
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA2, EPS = 0.01, 0.9, 1e-8
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


grad = repaired


def start_state():
    return {"m": None}


def add(x, value, other):
    """x + value * other, as the library has it."""
    return x + value * other


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    m = [add(BETA2 * a, 1 - BETA2, g * g) for a, g in zip(state["m"] or [0 * g for g in grads], grads)]
    tmp = [g / (np.sqrt(a) + EPS) for a, g in zip(m, grads)]
    if right:
        return [p - RATE * c for p, c in zip(params, tmp)], {"m": m}
    return [add(p, -RATE, c) for p, c in zip(params, tmp)], {"m": m}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
