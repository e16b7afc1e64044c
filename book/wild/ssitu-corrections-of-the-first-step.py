"""The corrections of an Adam are those of the first step in every step."""

import numpy as np

SOURCE = "https://github.com/ssitu/Java-Neural-Network-Library/commit/2e16603"
THREAD = "ssitu/Java-Neural-Network-Library 2e16603"
DATE = "2020-05"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1),\; \hat v_t = v_t / (1 - \beta_2)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, BETA, BETA2, E = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA, beta2=BETA2, eps=E)


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


def adam(count, lr, gradients, storage, right):
    """What is taken off, and the two means for the next step."""
    m = (1 - BETA) * gradients + BETA * storage[0]
    v = (1 - BETA2) * gradients**2 + BETA2 * storage[1]
    m_ = 1 / (1 - (BETA**count if right else BETA)) * m
    v_ = 1 / (1 - (BETA2**count if right else BETA2)) * v
    return lr * m_ / (np.sqrt(v_) + E), (m, v)


def start_state():
    return {"count": 0, "storage": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    count = state["count"] + 1
    storage = state["storage"] or [(np.zeros_like(p), np.zeros_like(p)) for p in params]
    results = [adam(count, RATE, g, kept, right) for g, kept in zip(grads, storage)]
    new = [p - taken for p, (taken, _) in zip(params, results)]
    return new, {"count": count, "storage": [kept for _, kept in results]}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
