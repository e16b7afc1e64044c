"""AdaGrad adds its step to the parameters instead of taking it off."""

import numpy as np

SOURCE = "https://github.com/PaddlePaddle/Paddle/issues/4184"
THREAD = "PaddlePaddle/Paddle #4184, PR #4743"
DATE = "2017-09"
KIND = "update"
FORMULA = r"v_t = v_{t-1} + g_t^2,\; \theta_{t+1} = \theta_t + \eta\, g_t / \sqrt{v_t + \varepsilon}"
RIGHT = r"v_t = v_{t-1} + g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / \sqrt{v_t + \varepsilon}"
READ = "code"
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, EPS = 0.1, 1e-8
SETTINGS = dict(like="adagrad", lr=RATE, eps=EPS)


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
    return {"accum": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    There is no decay here.
    """
    old = state["accum"] or [np.zeros_like(g) for g in grads]
    accum = [a + g * g for a, g in zip(old, grads)]
    sign = -1 if right else 1
    return [p + sign * RATE * g / np.sqrt(a + EPS) for p, g, a in zip(params, grads, accum)], {"accum": accum}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
