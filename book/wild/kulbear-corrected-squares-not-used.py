"""The means of the squares are corrected, and the step divides by those that are not."""

import numpy as np

SOURCE = "https://github.com/Kulbear/deep-learning-coursera/commit/f9d2bcc"
THREAD = "Kulbear/deep-learning-coursera f9d2bcc"
DATE = "2017-12"
KIND = "update"
FORMULA = r"\theta_t = \theta_{t-1} - \eta\, \hat v_t / \sqrt{s_t + \varepsilon}"
RIGHT = r"\theta_t = \theta_{t-1} - \eta\, \hat v_t / \sqrt{\hat s_t + \varepsilon}"
READ = "code"
LAYER = []
NAMES = [{"square-not-corrected"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-8
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


KEYS = ("W1", "b1", "W2", "b2")


def start_state():
    return {"v": {"d" + key: 0.0 for key in KEYS}, "s": {"d" + key: 0.0 for key in KEYS}, "t": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    parameters, grads = dict(zip(KEYS, params)), {"d" + key: g for key, g in zip(KEYS, grads)}
    v, s, t = {**state["v"]}, {**state["s"]}, state["t"] + 1
    v_corrected, s_corrected = {}, {}
    for key in KEYS:
        v["d" + key] = BETA1 * v["d" + key] + (1 - BETA1) * grads["d" + key]
        v_corrected["d" + key] = v["d" + key] / (1 - BETA1**t)
        s["d" + key] = BETA2 * s["d" + key] + (1 - BETA2) * grads["d" + key] ** 2
        s_corrected["d" + key] = s["d" + key] / (1 - BETA2**t)
        below = (s_corrected if right else s)["d" + key]
        parameters[key] = parameters[key] - RATE * v_corrected["d" + key] / np.sqrt(below + EPS)
    return [parameters[key] for key in KEYS], {"v": v, "s": s, "t": t}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
