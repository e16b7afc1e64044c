"""The first velocity is the gradient itself, and all later ones have the rate in them."""

import numpy as np

SOURCE = "https://github.com/zc911/MatrixSlow/pull/17"
THREAD = "zc911/MatrixSlow PR #17"
DATE = "2022-01"
KIND = "update"
FORMULA = r"v_1 = g_1,\; v_t = \mu v_{t-1} + \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
RIGHT = r"v_1 = \eta\, g_1,\; v_t = \mu v_{t-1} + \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MU = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=RATE, momentum=MU)


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
    return {}


def step(params, grads, state, right):
    """params and grads are lists of arrays; the state has a velocity for each of them, by its number."""
    new, v = [], dict(state)
    for node, (value, gradient) in enumerate(zip(params, grads)):
        if node not in v:
            v[node] = RATE * gradient if right else gradient
        else:
            v[node] = MU * v[node] + RATE * gradient
        new.append(value - v[node])
    return new, v


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
