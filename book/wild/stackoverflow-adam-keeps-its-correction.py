"""An Adam keeps its corrected means in the place of the means, and corrects them again a step later."""

import numpy as np

SOURCE = "https://gptteams.ai/developer/algorithm-understand-adam-optimizer-intuitively"
THREAD = "Understand Adam optimizer intuitively, read in a copy"
DATE = "2022-02"
KIND = "update"
FORMULA = (
    r"m_t = \frac{\beta_1 m_{t-1} + (1 - \beta_1)\, g_t}{1 - \beta_1^t},\; "
    r"v_t = \frac{\beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2}{1 - \beta_2^t}"
)
RIGHT = (
    r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t),\; "
    r"m_t, v_t \text{ kept without their corrections}"
)
READ = "reconstruction"
LAYER = []
NAMES = [{"correction-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")  # the thread has gradients alone
SAMPLES = 7
LAM = 0.0

LR, BETA_M, BETA_V, EPS = 0.01, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETA_M, beta2=BETA_V, eps=EPS)


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


def moments(g, m, v, i):
    m = BETA_M * m + (1 - BETA_M) * g
    v = BETA_V * v + (1 - BETA_V) * (g**2)
    m = m / (1 - BETA_M**i)
    v = v / (1 - BETA_V**i)
    return m, v, m, np.sqrt(v)


def repaired_moments(g, m, v, i):
    m = BETA_M * m + (1 - BETA_M) * g
    v = BETA_V * v + (1 - BETA_V) * (g**2)
    m_hat = m / (1 - BETA_M**i)
    v_hat = v / (1 - BETA_V**i)
    return m, v, m_hat, np.sqrt(v_hat)


def start_state():
    return None


def step(both, params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    ms, vs, i = state or ([np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params], 0)
    i += 1
    new, new_ms, new_vs = [], [], []
    for p, g, m, v in zip(params, grads, ms, vs):
        m, v, mean, root = both(g, m, v, i)
        new.append(p - LR * mean / (root + EPS))
        new_ms.append(m)
        new_vs.append(v)
    return new, (new_ms, new_vs, i)


def update(params, grads, state):
    return step(moments, params, grads, state)


def repaired_update(params, grads, state):
    return step(repaired_moments, params, grads, state)
