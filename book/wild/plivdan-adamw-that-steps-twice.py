"""An AdamW calls the step of the Adam that it is made from, and then takes it again with the same gradient."""

import numpy as np

SOURCE = "https://github.com/PLivdan/numpy-cnn/commit/e074ea1"
THREAD = "PLivdan/numpy-cnn e074ea1"
DATE = "2026-04"
KIND = "update"
FORMULA = (
    r"t \leftarrow t + 2,\; \theta' = \theta_t - \eta\, u_{t+1},\; \theta'' = \theta' - \eta\, u_{t+2},\; "
    r"\theta_{t+1} = \theta'' - \eta \lambda\, \theta''"
)
RIGHT = r"t \leftarrow t + 1,\; \theta' = \theta_t - \eta\, u_{t+1},\; \theta_{t+1} = \theta' - \eta \lambda\, \theta'"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS, DECAY = 0.05, 0.9, 0.999, 1e-8, 0.1
SETTINGS = dict(like="adamw", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=DECAY)


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
    return {"v": None, "s": None, "t": 0}


def adam(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    v = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["v"] or [0 * g for g in grads], grads)]
    s = [BETA2 * a + (1 - BETA2) * g * g for a, g in zip(state["s"] or [0 * g for g in grads], grads)]
    moves = [RATE * a / (1 - BETA1**t) / (np.sqrt(b / (1 - BETA2**t)) + EPS) for a, b in zip(v, s)]
    return [p - move for p, move in zip(params, moves)], {"v": v, "s": s, "t": t}


def step(params, grads, state, right):
    if not right:
        params, state = adam(params, grads, state)
    params, state = adam(params, grads, state)
    return [p - RATE * DECAY * p for p in params], state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
