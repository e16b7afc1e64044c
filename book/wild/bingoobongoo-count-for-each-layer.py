"""The counter of an Adam begins at one and goes up before each layer, and all layers read the same counter."""

import numpy as np

SOURCE = "https://github.com/bingoobongoo/c_neural_network/commit/392b327"
THREAD = "bingoobongoo/c_neural_network 392b327"
DATE = "2025-11"
KIND = "update"
FORMULA = r"t_0 = 1,\; t \leftarrow t + 1\ \text{before each layer}"
RIGHT = r"t_0 = 0,\; t \leftarrow t + 1\ \text{before each step}"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA_M, BETA_S, EPS = 0.01, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA_M, beta2=BETA_S, eps=EPS)


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


class Adam:
    def __init__(self, ctr, m, s):
        self.ctr, self.m, self.s = ctr, m, s

    def update(self, key, array, gradient):
        """The mean that is kept points downhill."""
        self.m[key] = BETA_M * self.m.get(key, 0.0) - (1 - BETA_M) * gradient
        self.s[key] = BETA_S * self.s.get(key, 0.0) + (1 - BETA_S) * gradient * gradient
        m_corr = self.m[key] / (1 - BETA_M**self.ctr)
        s_corr = self.s[key] / (1 - BETA_S**self.ctr)
        return array + RATE * m_corr / (np.sqrt(s_corr) + EPS)


def start_state():
    return {"steps": 0, "ctr": 1, "m": {}, "s": {}}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    steps = state["steps"] + 1
    adam, moved = Adam(steps if right else state["ctr"], {**state["m"]}, {**state["s"]}), [*params]
    for layer in (0, 1):
        if not right:
            adam.ctr += 1
        for key in (2 * layer, 2 * layer + 1):
            moved[key] = adam.update(key, params[key], grads[key])
    return moved, {"steps": steps, "ctr": adam.ctr, "m": adam.m, "s": adam.s}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
