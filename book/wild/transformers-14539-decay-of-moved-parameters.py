"""The decay of an AdamW takes the parameters that its step has moved already."""

import numpy as np

SOURCE = "https://github.com/huggingface/transformers/issues/14539"
THREAD = "huggingface/transformers #14539"
DATE = "2021-11"
KIND = "update"
FORMULA = r"\theta' = \theta_t - \eta\, u_t,\; \theta_{t+1} = \theta' - \eta \lambda\, \theta'"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, u_t - \eta \lambda\, \theta_t"
READ = "code"
LAYER = []
NAMES = [{"decay-after-step"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS, DECAY = 0.1, 0.9, 0.999, 1e-8, 0.5
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
    return {"exp_avg": None, "exp_avg_sq": None, "step": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    ε is added before the correction.
    """
    t = state["step"] + 1
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["exp_avg"] or [0 * g for g in grads], grads)]
    v = [BETA2 * a + (1 - BETA2) * g * g for a, g in zip(state["exp_avg_sq"] or [0 * g for g in grads], grads)]
    size = RATE * np.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    new = []
    for p, a, b in zip(params, m, v):
        moved = p - size * a / (np.sqrt(b) + EPS)
        new.append(moved - RATE * DECAY * (p if right else moved))
    return new, {"exp_avg": m, "exp_avg_sq": v, "step": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
