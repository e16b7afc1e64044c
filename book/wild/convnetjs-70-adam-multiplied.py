"""Adam's correction multiplies by 1 - beta to the power t where it should divide."""

import numpy as np

SOURCE = "https://github.com/karpathy/convnetjs/pull/70"
THREAD = "karpathy/convnetjs PR #70, #107"
DATE = "2016-08"
KIND = "update"
FORMULA = r"\hat m_t = m_t (1 - \beta_1^t),\; \hat v_t = v_t (1 - \beta_2^t)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "discussion"
LAYER = []
NAMES = [{"correction-multiplied"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2 = 0.01, 0.9, 0.999
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2)


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
    return {"t": 0, "m": 0, "v": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    old_m, old_v = state["m"] or [0] * len(grads), state["v"] or [0] * len(grads)
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(old_m, grads)]
    v = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(old_v, grads)]
    c1 = lambda a: a / (1 - BETA1**t) if right else a * (1 - BETA1**t)
    c2 = lambda s: s / (1 - BETA2**t) if right else s * (1 - BETA2**t)
    new = [p - RATE * c1(a) / (np.sqrt(c2(s)) + 1e-8) for p, a, s in zip(params, m, v)]
    return new, {"t": t, "m": m, "v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
