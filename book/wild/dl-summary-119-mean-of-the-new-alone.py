"""In notes on Adam the mean of the gradients is made of the new gradient twice, and the old mean has gone."""

import numpy as np

SOURCE = "https://github.com/mbadry1/DeepLearning.ai-Summary/pull/119"
THREAD = "mbadry1/DeepLearning.ai-Summary PR #119"
DATE = "2018-05"
KIND = "update"
FORMULA = r"m_t = \beta_1 g_t + (1 - \beta_1)\, g_t"
RIGHT = r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t"
READ = "code"
LAYER = []
NAMES = [{"mean-is-gradient"}]
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
    return {"t": 0, "vd": None, "sd": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    old = (state["vd"] or [0 * g for g in grads]) if right else grads
    vd = [BETA1 * a + (1 - BETA1) * g for a, g in zip(old, grads)]
    sd = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(state["sd"] or [0 * g for g in grads], grads)]
    corrected = [(a / (1 - BETA1**t), b / (1 - BETA2**t)) for a, b in zip(vd, sd)]
    new = [p - RATE * a / (np.sqrt(b) + EPS) for p, (a, b) in zip(params, corrected)]
    return new, {"t": t, "vd": vd, "sd": sd}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
