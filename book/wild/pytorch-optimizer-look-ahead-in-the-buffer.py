"""A Nesterov momentum is computed in place, so that the buffer of the momentum keeps the look ahead."""

import numpy as np

SOURCE = "https://github.com/kozistr/pytorch_optimizer/commit/65ca07fe"
THREAD = "kozistr/pytorch_optimizer 65ca07fe"
DATE = "2023-04"
KIND = "update"
FORMULA = r"b_t = \mu (\mu b_{t-1} + g_t) + g_t,\; \theta_{t+1} = \theta_t - \eta\, b_t"
RIGHT = r"b_t = \mu b_{t-1} + g_t,\; \theta_{t+1} = \theta_t - \eta (\mu b_t + g_t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MU = 0.05, 0.9
SETTINGS = dict(like="nesterov", lr=RATE, momentum=MU)


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
    return {"momentum": None}


def step(params, grads, state, right):
    """The author's projection, which comes next, and the decay are left out."""
    momentum = [a.copy() for a in state["momentum"] or [np.zeros_like(p) for p in params]]
    moved = []
    for p, grad, buf in zip(params, grads, momentum):
        buf *= MU
        buf += grad
        d_p = buf.copy() if right else buf
        d_p *= MU
        d_p += grad
        moved.append(p - RATE * d_p)
    return moved, {"momentum": momentum}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
