"""A reader takes the first count of Adam for two, where it is the number of finished steps plus one."""

import numpy as np

SOURCE = "https://github.com/tensorflow/tensorflow/issues/35444"
THREAD = "tensorflow/tensorflow #35444"
DATE = "2019-12"
KIND = "right"
FORMULA = (
    r"\theta_{t+1} = \theta_t - \eta \frac{\sqrt{1 - \beta_2^{k+1}}}{1 - \beta_1^{k+1}}\, m_t / "
    r"(\sqrt{v_t} + \varepsilon),\; k = t - 1"
)
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \varepsilon / \sqrt{1 - \beta_2^t})"
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


grad = repaired


def start_state():
    return {"t": 0, "m": None, "v": None}


def step(params, grads, state, as_written):
    """params and grads are lists of arrays; returns the new params and the new state."""
    iterations = state["t"]
    local_step = iterations + 1
    zeros = [0 * g for g in grads]
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["m"] or zeros, grads)]
    v = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(state["v"] or zeros, grads)]
    c1, c2 = 1 - BETA1**local_step, 1 - BETA2**local_step
    if as_written:
        moved = [p - RATE * np.sqrt(c2) / c1 * a / (np.sqrt(b) + EPS) for p, a, b in zip(params, m, v)]
    else:
        moved = [p - RATE * (a / c1) / (np.sqrt(b / c2) + EPS / np.sqrt(c2)) for p, a, b in zip(params, m, v)]
    return moved, {"t": local_step, "m": m, "v": v}


def update(params, grads, state):
    return step(params, grads, state, as_written=True)


def repaired_update(params, grads, state):
    """The rule in its usual form, which ends in the same place."""
    return step(params, grads, state, as_written=False)
