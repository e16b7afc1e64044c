"""Adam's step is multiplied by the gradient once more."""

import numpy as np

SOURCE = "https://github.com/IGITUGraz/L2L/pull/105"
THREAD = "IGITUGraz/L2L PR #105"
DATE = "2018-01"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \varepsilon) \odot g_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \varepsilon)"
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
    return {"first": None, "second": None, "k": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    The program climbs; this descends.
    """
    k = state["k"] + 1
    first = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["first"] or [0 * g for g in grads], grads)]
    second = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(state["second"] or [0 * g for g in grads], grads)]
    new = []
    for p, g, a, b in zip(params, grads, first, second):
        change = RATE * (a / (1 - BETA1**k)) / (np.sqrt(b / (1 - BETA2**k)) + EPS)
        new.append(p - (change if right else np.multiply(change, g)))
    return new, {"first": first, "second": second, "k": k}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
