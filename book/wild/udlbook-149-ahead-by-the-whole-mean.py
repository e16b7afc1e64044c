"""In a book Nesterov's look ahead goes along the whole old mean, of which the step will take a share only."""

import numpy as np

SOURCE = "https://github.com/udlbook/udlbook/issues/149"
THREAD = "udlbook/udlbook #149"
DATE = "2024-02"
KIND = "update"
FORMULA = r"m_{t+1} = \beta m_t + (1 - \beta)\, g(\theta_t - \eta\, m_t),\; \theta_{t+1} = \theta_t - \eta\, m_{t+1}"
RIGHT = (
    r"m_{t+1} = \beta m_t + (1 - \beta)\, g(\theta_t - \eta \beta\, m_t),\; \theta_{t+1} = \theta_t - "
    r"\eta\, m_{t+1}"
)
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA = 0.5, 0.9
SETTINGS = dict(like="nesterov", lr=RATE * (1 - BETA), momentum=BETA)  # which was no rule when it was asked


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
    return {"m": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    The params that are handed over and handed back have the look ahead in them: the gradient is taken there.
    """
    ahead = RATE * (BETA if right else 1)
    old = state["m"] or [np.zeros_like(g) for g in grads]
    m = [BETA * a + (1 - BETA) * g for a, g in zip(old, grads)]
    landed = [p + ahead * a - RATE * b for p, a, b in zip(params, old, m)]
    return [p - ahead * b for p, b in zip(landed, m)], {"m": m}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
