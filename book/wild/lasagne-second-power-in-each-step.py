"""The bias corrections of Adam have the second power of the betas in every step."""

import numpy as np

SOURCE = "https://github.com/Lasagne/Lasagne/commit/2b60e03fc9c455f3be915345fe6fdb3eb9ec8998"
THREAD = "Lasagne/Lasagne 2b60e03"
DATE = "2015-05"
KIND = "update"
FORMULA = (
    r"\theta_{t+1} = \theta_t - \eta \frac{\sqrt{1 - \beta_2^2}}{1 - \beta_1^2}\, m_t / (\sqrt{v_t} + "
    r"\varepsilon)"
)
RIGHT = (
    r"\theta_{t+1} = \theta_t - \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, m_t / (\sqrt{v_t} + "
    r"\varepsilon)"
)
READ = "code"
LAYER = []
NAMES = []
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
    return {"t": 0, "m": None, "v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    zeros = [0 * g for g in grads]
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["m"] or zeros, grads)]
    v = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(state["v"] or zeros, grads)]
    power = t if right else 2
    rate = RATE * np.sqrt(1 - BETA2**power) / (1 - BETA1**power)
    return [p - rate * a / (np.sqrt(b) + EPS) for p, a, b in zip(params, m, v)], {"t": t, "m": m, "v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
