"""The first moments are the gradient and its square, without the weights that all later ones have."""

import numpy as np

SOURCE = "https://github.com/PennyLaneAI/pennylane/issues/1928"
THREAD = "PennyLaneAI/pennylane #1928, PR #1929"
DATE = "2021-11"
KIND = "update"
FORMULA = (
    r"m_1 = g_1,\; v_1 = g_1^2,\; m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; v_t = \beta_2 v_{t-1} + (1 "
    r"- \beta_2) g_t^2"
)
RIGHT = r"m_1 = (1 - \beta_1) g_1,\; v_1 = (1 - \beta_2) g_1^2"
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
    return {"fm": None, "sm": None, "t": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    if state["fm"] is None:
        fm = [(1 - BETA1 if right else 1) * g for g in grads]
        sm = [(1 - BETA2 if right else 1) * g * g for g in grads]
    else:
        fm = [BETA1 * f + (1 - BETA1) * g for f, g in zip(state["fm"], grads)]
        sm = [BETA2 * s + (1 - BETA2) * g * g for s, g in zip(state["sm"], grads)]
    stepsize = RATE * np.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    new = [p - stepsize * f / (np.sqrt(s) + EPS) for p, f, s in zip(params, fm, sm)]
    return new, {"fm": fm, "sm": sm, "t": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
