"""Both means of Adam begin anew in every step, and their corrections have no powers, which leaves the sign."""

import numpy as np

SOURCE = "https://github.com/LaviSchlyter/Deep-learning-framework-from-scratch/commit/5105d3a"
THREAD = "LaviSchlyter/Deep-learning-framework-from-scratch 5105d3a"
DATE = "2021-05"
KIND = "update"
FORMULA = (
    r"m_t = (1 - \beta_1)\, g_t,\; v_t = (1 - \beta_2)\, g_t^2,\; \hat m_t = m_t / (1 - \beta_1),\; "
    r"\hat v_t = v_t / (1 - \beta_2)"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2,\; "
    r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-8
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
    return {"m": [0.0] * 4, "v": [0.0] * 4, "t": 0}


def update(params, grads, state):
    m, v = [0.0] * len(params), [0.0] * len(params)
    moved = []
    for i, (value, g) in enumerate(zip(params, grads)):
        m[i] = BETA1 * m[i] + (1 - BETA1) * g
        v[i] = BETA2 * v[i] + (1 - BETA2) * g**2
        m_hat = m[i] / (1 - BETA1)
        v_hat = v[i] / (1 - BETA2)
        moved.append(value - RATE * m_hat / (np.sqrt(v_hat) + EPS))
    return moved, state


def repaired_update(params, grads, state):
    t = state["t"] + 1
    m, v = list(state["m"]), list(state["v"])
    moved = []
    for i, (value, g) in enumerate(zip(params, grads)):
        m[i] = BETA1 * m[i] + (1 - BETA1) * g
        v[i] = BETA2 * v[i] + (1 - BETA2) * g**2
        m_hat = m[i] / (1 - BETA1**t)
        v_hat = v[i] / (1 - BETA2**t)
        moved.append(value - RATE * m_hat / (np.sqrt(v_hat) + EPS))
    return moved, {"m": m, "v": v, "t": t}
