"""The collected gradients of a descent with momentum are added to the parameters."""

import numpy as np

SOURCE = "https://github.com/millardjn/alumina/commit/f3eeb49"
THREAD = "millardjn/alumina f3eeb49"
DATE = "2017-11"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t + \eta\, v_t,\; v_t = \mu v_{t-1} + g_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, v_t,\; v_t = \mu v_{t-1} + g_t"
READ = "code"
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=RATE, momentum=MOMENTUM)


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
    return {"momentum_vec": None}


def scaled_add(param, rate, other):
    return param + rate * other


def collect(grads, state):
    momentum_vec = [m.copy() for m in state["momentum_vec"] or [np.zeros_like(g) for g in grads]]
    for i, grad in enumerate(grads):
        momentum_vec[i] *= MOMENTUM
        momentum_vec[i] += grad
    return momentum_vec


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    momentum_vec = collect(grads, state)
    return [scaled_add(p, RATE, m) for p, m in zip(params, momentum_vec)], {"momentum_vec": momentum_vec}


def repaired_update(params, grads, state):
    momentum_vec = collect(grads, state)
    return [scaled_add(p, -RATE, m) for p, m in zip(params, momentum_vec)], {"momentum_vec": momentum_vec}
