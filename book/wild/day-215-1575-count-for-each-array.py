"""Adam counts a step for each array of parameters that it updates."""

import numpy as np

SOURCE = "https://github.com/Shubham-cyber-prog/100-Days-Of-Web-Development-ECWoC26/pull/1575"
THREAD = "Shubham-cyber-prog/100-Days-Of-Web-Development-ECWoC26 PR #1575"
DATE = "2026-02"
KIND = "update"
FORMULA = r"t \leftarrow t + 1 \text{ for each array}"
RIGHT = r"t \leftarrow t + 1 \text{ for each step}"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.99, 1e-8
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


def start_state():
    return {"t": 0, "m": {}, "v": {}}


def step(params, grads, state, right):
    """params and grads are lists of arrays; the state has the two means of each of them, by its number."""
    t, m, v = state["t"] + right, dict(state["m"]), dict(state["v"])
    new = []
    for key, (p, g) in enumerate(zip(params, grads)):
        t += not right
        m[key] = BETA1 * m.get(key, 0) + (1 - BETA1) * g
        v[key] = BETA2 * v.get(key, 0) + (1 - BETA2) * g**2
        new.append(p - RATE * (m[key] / (1 - BETA1**t)) / (np.sqrt(v[key] / (1 - BETA2**t)) + EPS))
    return new, {"t": t, "m": m, "v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
