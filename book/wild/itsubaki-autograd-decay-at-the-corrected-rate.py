"""A repaired AdamW lets the weights decay at the rate that has the corrections of the moments in it."""

import numpy as np

SOURCE = "https://github.com/itsubaki/autograd/commit/dad4cdc"
THREAD = "itsubaki/autograd dad4cdc"
DATE = "2026-06"
KIND = "update"
FORMULA = (
    r"\theta_{t+1} = (1 - \eta_t \lambda)\, \theta',\; \theta' = \theta_t - \eta_t\, m_t / (\sqrt{v_t} + "
    r"\varepsilon),\; \eta_t = \eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}"
)
RIGHT = (
    r"\theta_{t+1} = (1 - \eta \lambda)\, \theta_t - \eta_t\, m_t / (\sqrt{v_t} + \varepsilon),\; \eta_t = "
    r"\eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS, DECAY = 0.05, 0.9, 0.999, 1e-8, 0.1
SETTINGS = dict(like="adamw", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=DECAY)


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
    return {"ms": None, "vs": None, "iter": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["iter"] + 1
    rate = RATE * np.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    ms = [m + (1 - BETA1) * (g - m) for m, g in zip(state["ms"] or [0 * g for g in grads], grads)]
    vs = [v + (1 - BETA2) * (g * g - v) for v, g in zip(state["vs"] or [0 * g for g in grads], grads)]
    moves = [rate * m / (np.sqrt(v) + EPS) for m, v in zip(ms, vs)]
    if right:
        new = [p * (1 - RATE * DECAY) - move for p, move in zip(params, moves)]
    else:
        new = [(p - move) * (1 - rate * DECAY) for p, move in zip(params, moves)]
    return new, {"ms": ms, "vs": vs, "iter": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
