"""A velocity that points downhill is subtracted from the parameters."""

import numpy as np

SOURCE = "https://github.com/ak0327/42_multilayer-perceptron/commit/3343e80"
THREAD = "ak0327/42_multilayer-perceptron 3343e80"
DATE = "2024-09"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} - \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
RIGHT = r"v_t = \mu v_{t-1} - \eta\, g_t,\; \theta_{t+1} = \theta_t + v_t"
READ = "code"
LAYER = []
NAMES = [{"sign"}]
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


class Momentum:
    def __init__(self, v):
        self.v = v

    def update(self, params, grads, right):
        """Changes the dictionary of parameters."""
        if self.v is None:
            self.v = {key: np.zeros_like(val) for key, val in params.items()}
        for key in params:
            self.v[key] = MU * self.v[key] - RATE * grads[key]
            if right:
                params[key] = params[key] + self.v[key]
            else:
                params[key] = params[key] - self.v[key]


def start_state():
    return {"v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    optimizer, by_name = Momentum(state["v"] and {**state["v"]}), dict(zip(("W1", "b1", "W2", "b2"), params))
    optimizer.update(by_name, dict(zip(by_name, grads)), right)
    return [*by_name.values()], {"v": optimizer.v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
