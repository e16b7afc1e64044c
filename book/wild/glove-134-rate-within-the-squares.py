"""The gradient is multiplied by the rate before its square is added to AdaGrad's sum."""

import numpy as np

SOURCE = "https://github.com/stanfordnlp/GloVe/issues/134"
THREAD = "stanfordnlp/GloVe #134"
DATE = "2018-11"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, g_t / \sqrt{v_{t-1}},\; v_t = v_{t-1} + \eta^2 g_t^2,\; v_0 = 1"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t / \sqrt{v_{t-1}},\; v_t = v_{t-1} + g_t^2,\; v_0 = 1"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE = 0.05
SETTINGS = dict(like="adagrad", lr=RATE)


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
    return {"gradsq": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    The sum before the step counts.
    """
    gradsq = state["gradsq"] or [np.ones_like(g) for g in grads]
    temp = [RATE * g for g in grads]
    new = [p - a / np.sqrt(b) for p, a, b in zip(params, temp, gradsq)]
    return new, {"gradsq": [b + (g if right else a) ** 2 for a, b, g in zip(temp, gradsq, grads)]}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
