"""The look ahead of a Nesterov step is written over the velocity, because the sum works in place."""

import numpy as np

SOURCE = "https://github.com/vlfeat/matconvnet/commit/ecf6e004"
THREAD = "vlfeat/matconvnet ecf6e004"
DATE = "2016-11"
KIND = "update"
FORMULA = r"v_{t+1} = \mu\, (\mu v_t - g_t) - g_t,\; \theta_{t+1} = \theta_t + \eta\, v_{t+1}"
RIGHT = r"v_{t+1} = \mu v_t - g_t,\; \theta_{t+1} = \theta_t + \eta\, (\mu v_{t+1} - g_t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="nesterov", lr=LR, momentum=MOMENTUM)


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


def taccum(alpha, a, beta, b):
    """It works in place, as on a graphics card."""
    a *= alpha
    a += beta * b
    return a


def accumulate_gradients(weights, momentum, par_der):
    momentum = taccum(MOMENTUM, momentum, -1, par_der)
    delta = taccum(MOMENTUM, momentum, -1, par_der)
    return taccum(1, weights, LR, delta), momentum


def accumulate_gradients_later(weights, momentum, par_der):
    momentum = taccum(MOMENTUM, momentum, -1, par_der)
    delta = MOMENTUM * momentum - par_der
    return taccum(1, weights, LR, delta), momentum


def for_all(params, grads, state, accumulate):
    """params and grads are lists of arrays; returns the new params and the new state."""
    kept = [p.copy() for p in state["momentum"] or [np.zeros_like(p) for p in params]]
    moved = [accumulate(p.copy(), v, g) for p, v, g in zip(params, kept, grads)]
    return [p for p, _ in moved], {"momentum": [v for _, v in moved]}


def update(params, grads, state):
    return for_all(params, grads, state, accumulate_gradients)


def repaired_update(params, grads, state):
    return for_all(params, grads, state, accumulate_gradients_later)
