"""The number of the step is added to and never stored, so that every step is corrected as the first one."""

import numpy as np

SOURCE = "https://github.com/allenai/OLMo-core/pull/317"
THREAD = "allenai/OLMo-core PR #317, #309"
DATE = "2025-06"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1),\; \hat v_t = v_t / (1 - \beta_2)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.95, 1e-8
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
    return {"step": 0, "exp_avg": None, "exp_avg_sq": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state; there is no decay."""
    zeros = [0 * g for g in grads]
    exp_avg = [a + (1 - BETA1) * (g - a) for a, g in zip(state["exp_avg"] or zeros, grads)]
    exp_avg_sq = [a - (1 - BETA2) * a + (1 - BETA2) * g * g for a, g in zip(state["exp_avg_sq"] or zeros, grads)]
    correction1 = 1 - BETA1 ** (state["step"] + 1)
    correction2 = 1 - BETA2 ** (state["step"] + 1)
    moved = [
        p - RATE / correction1 * a / (np.sqrt(b) / np.sqrt(correction2) + EPS)
        for p, a, b in zip(params, exp_avg, exp_avg_sq)
    ]
    return moved, {"step": state["step"] + 1 if right else 0, "exp_avg": exp_avg, "exp_avg_sq": exp_avg_sq}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
