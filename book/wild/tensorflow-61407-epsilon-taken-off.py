"""Adam's small number is subtracted from the root instead of added to it."""

import numpy as np

SOURCE = "https://github.com/tensorflow/tensorflow/issues/61407"
THREAD = "tensorflow/tensorflow #61407, PR #61411"
DATE = "2023-07"
KIND = "update"
FORMULA = (
    r"\theta_{t+1} = \theta_t - \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, m_t / (\sqrt{v_t} - "
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


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-3  # a large ε, to be seen
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
    return {"m": None, "v": None, "iterations": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["iterations"] + 1
    alpha = RATE * np.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    m = [a + (g - a) * (1 - BETA1) for a, g in zip(state["m"] or [0 * g for g in grads], grads)]
    v = [a + (g * g - a) * (1 - BETA2) for a, g in zip(state["v"] or [0 * g for g in grads], grads)]
    small = EPS if right else -EPS
    return [p - alpha * a / (np.sqrt(b) + small) for p, a, b in zip(params, m, v)], {"m": m, "v": v, "iterations": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
