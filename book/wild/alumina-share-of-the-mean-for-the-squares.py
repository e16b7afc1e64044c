"""A new square enters Adam's mean of squares with the share of the other mean."""

import numpy as np

SOURCE = "https://github.com/millardjn/alumina/commit/3ed5298"
THREAD = "millardjn/alumina 3ed5298"
DATE = "2021-12"
KIND = "update"
FORMULA = r"v_t = \beta_2 v_{t-1} + (1 - \beta_1)\, g_t^2"
RIGHT = r"v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPSILON = 0.01, 0.9, 0.995, 1e-7
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPSILON)


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
    return {"step_count": 0, "states": None}


def step_curvature(curv, grad):
    return curv * BETA2 + (1.0 - BETA1) * grad * grad


def step_curvature_later(curv, grad):
    return curv * BETA2 + (1.0 - BETA2) * grad * grad


def step(params, grads, state, step_curvature):
    """params and grads are lists of arrays; returns the new params and the new state."""
    momentum_correction = 1.0 / (1.0 - BETA1 ** (state["step_count"] + 1))
    curv_correction = 1.0 / (1.0 - BETA2 ** (state["step_count"] + 1))
    states = state["states"] or [(np.zeros_like(p), np.zeros_like(p)) for p in params]
    new_params, new_states = [], []
    for param, grad, (momentum, curv) in zip(params, grads, states):
        momentum = momentum * BETA1 + (1.0 - BETA1) * grad
        curv = step_curvature(curv, grad)
        new_params.append(param - RATE * momentum * momentum_correction / (np.sqrt(curv * curv_correction) + EPSILON))
        new_states.append((momentum, curv))
    return new_params, {"step_count": state["step_count"] + 1, "states": new_states}


def update(params, grads, state):
    return step(params, grads, state, step_curvature)


def repaired_update(params, grads, state):
    return step(params, grads, state, step_curvature_later)
