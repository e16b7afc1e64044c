"""The correction of an Adam is that of its first step in all steps, for want of a power."""

import numpy as np

SOURCE = "https://github.com/Pranavhc/Deep-Learning-from-Scratch/commit/b620190"
THREAD = "Pranavhc/Deep-Learning-from-Scratch b620190"
DATE = "2024-04"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1),\; \hat v_t = v_t / (1 - \beta_2)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.995, 1e-8
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
    return {"momentum": None, "velocity": None, "t": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    none, t = [0 * g for g in grads], state["t"] + 1
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["momentum"] or none, grads)]
    v = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(state["velocity"] or none, grads)]
    power = t if right else 1
    sizes = [np.sqrt(b / (1 - BETA2**power)) + EPS for b in v]
    new = [p - RATE * a / (1 - BETA1**power) / size for p, a, size in zip(params, m, sizes)]
    return new, {"momentum": m, "velocity": v, "t": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
