"""A reader wants RMSprop's small number within the root, where it stands beside it rightly."""

import numpy as np

SOURCE = "https://github.com/LlionJ/blog/issues/1"
THREAD = "LlionJ/blog #1"
DATE = "2018-08"
KIND = "right"
FORMULA = r"\theta_{t+1} = \theta_t + (-\eta\, g_t / (\sqrt{v_t} + \varepsilon))"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{v_t} + \varepsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA2, EPS = 0.1, 0.99, 1e-5
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
    return {"s": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    s = [BETA2 * a + (1 - BETA2) * np.power(g, 2) for a, g in zip(state["s"] or [0 * g for g in grads], grads)]
    if right:
        return [p - RATE / (np.sqrt(a) + EPS) * g for p, g, a in zip(params, grads, s)], {"s": s}
    changes = [-RATE * g / (np.sqrt(a) + EPS) for g, a in zip(grads, s)]
    return [p + c for p, c in zip(params, changes)], {"s": s}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
