"""The decay of an Adam takes off the squares of the parameters."""

import numpy as np

SOURCE = "https://github.com/eduardoleao052/Transformer-from-scratch/commit/5f5b972"
THREAD = "eduardoleao052/Transformer-from-scratch 5f5b972"
DATE = "2023-11"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \varepsilon) - \eta \lambda\, \theta_t^2"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \varepsilon) - \eta \lambda\, \theta_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, BETA1, BETA2, EPS, DECAY = 0.01, 0.9, 0.999, 1e-8, 0.1
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
    return {"m": None, "v": None, "t": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["m"] or [0 * g for g in grads], grads)]
    v = [BETA2 * a + (1 - BETA2) * g * g for a, g in zip(state["v"] or [0 * g for g in grads], grads)]
    new = []
    for p, a, b in zip(params, m, v):
        m_hat, v_hat = a / (1 - BETA1**t), b / (1 - BETA2**t)
        new.append(p - RATE * m_hat / (np.sqrt(v_hat) + EPS) - RATE * DECAY * (p if right else p**2))
    return new, {"m": m, "v": v, "t": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
