"""The mean of squares decays in one line, and the next line writes the share of the new square over it."""

import numpy as np

SOURCE = "https://github.com/ak0327/42_multilayer-perceptron/commit/0c62e29"
THREAD = "ak0327/42_multilayer-perceptron 0c62e29"
DATE = "2024-09"
KIND = "update"
FORMULA = r"h_t = (1 - \alpha)\, g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{h_t} + \varepsilon)"
RIGHT = (
    r"h_t = \alpha h_{t-1} + (1 - \alpha)\, g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{h_t} + \varepsilon)"
)
READ = "code"
LAYER = []
NAMES = [{"square-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, ALPHA, EPS = 0.01, 0.99, 1e-7
SETTINGS = dict(like="rmsprop", lr=RATE, beta2=ALPHA, eps=EPS)


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


class RMSProp:
    def __init__(self, h):
        self.h = h

    def update(self, params, grads, right):
        """Changes the dictionary of parameters."""
        if self.h is None:
            self.h = {key: np.zeros_like(val) for key, val in params.items()}
        for key in params:
            self.h[key] = self.h[key] * ALPHA
            if right:
                self.h[key] = self.h[key] + (1 - ALPHA) * grads[key] ** 2
            else:
                self.h[key] = (1 - ALPHA) * grads[key] * grads[key]
            sqrt_h = np.sqrt(self.h[key]) + EPS
            params[key] = params[key] - RATE / sqrt_h * grads[key]


def start_state():
    return {"h": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    optimizer, by_name = RMSProp(state["h"] and {**state["h"]}), dict(zip(("W1", "b1", "W2", "b2"), params))
    optimizer.update(by_name, dict(zip(by_name, grads)), right)
    return [*by_name.values()], {"h": optimizer.h}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
