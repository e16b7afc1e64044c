"""The decay of an AdaGrad is the sign times the square of a weight, outside of the rate and of the sum of squares."""

import numpy as np

SOURCE = "https://github.com/maciejkula/wyrm/commit/a994c7d"
THREAD = "maciejkula/wyrm a994c7d"
DATE = "2018-04"
KIND = "update"
FORMULA = (
    r"v_t = v_{t-1} + g_t^2,\; "
    r"\theta_{t+1} = \theta_t - \eta\, g_t / (\varepsilon + \sqrt{v_t}) - \lambda\, \vert \theta_t \vert\, \theta_t"
)
RIGHT = (
    r"h_t = g_t + \lambda\, \theta_t,\; v_t = v_{t-1} + h_t^2,\; "
    r"\theta_{t+1} = \theta_t - \eta\, h_t / (\varepsilon + \sqrt{v_t})"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, EPS, L2 = 0.1, 1e-10, 0.05
SETTINGS = dict(like="adagrad", lr=RATE, eps=EPS, weight_decay=L2)


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
    return {"squared_gradient": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    squared = [a.copy() for a in state["squared_gradient"] or [np.zeros_like(p) for p in params]]
    moved = []
    for value, gradient, squared_gradient in zip(params, grads, squared):
        if right:
            gradient = gradient + value * L2
        squared_gradient += gradient**2
        change = RATE * gradient / (EPS + np.sqrt(squared_gradient))
        if not right:
            change = change + np.sign(value) * value**2 * L2
        moved.append(value - change)
    return moved, {"squared_gradient": squared}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
