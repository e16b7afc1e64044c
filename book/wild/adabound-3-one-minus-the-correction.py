"""The second correction is taken off one again, so that the root is that of the power of β₂."""

import numpy as np

SOURCE = "https://github.com/kozistr/AdaBound-tensorflow/issues/3"
THREAD = "kozistr/AdaBound-tensorflow #3"
DATE = "2019-03"
KIND = "update"
FORMULA = (
    r"\eta_t = \eta\, \frac{\sqrt{1 - (1 - \beta_2^t)}}{1 - \beta_1^t} = \eta\, \frac{\sqrt{\beta_2^t}}{1 - "
    r"\beta_1^t}"
)
RIGHT = r"\eta_t = \eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}"
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
    return {"m": None, "v": None, "t": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    correction1, correction2 = 1 - BETA1**t, 1 - BETA2**t
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["m"] or [0 * g for g in grads], grads)]
    v = [BETA2 * a + (1 - BETA2) * g * g for a, g in zip(state["v"] or [0 * g for g in grads], grads)]
    size = RATE * np.sqrt(correction2 if right else 1 - correction2) / correction1
    return [p - size * a / (np.sqrt(b) + EPS) for p, a, b in zip(params, m, v)], {"m": m, "v": v, "t": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
