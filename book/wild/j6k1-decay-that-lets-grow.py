"""The decay is added to the parameters, with its whole share and not with the rate's, so that they grow."""

import numpy as np

SOURCE = "https://github.com/j6k1/simplenn/commit/3efcf91"
THREAD = "j6k1/simplenn 3efcf91"
DATE = "2019-07"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, g_t + \lambda\, \theta_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, (g_t + \lambda\, \theta_t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

A, LAMBDA = 0.1, 0.01
SETTINGS = dict(like="sgd", lr=A, weight_decay=LAMBDA)


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


class SGD:
    def __init__(self, a, lam):
        self.a, self.lam = a, lam

    def update(self, e, win, wout, right):
        for i, (wi, ei) in enumerate(zip(win, e)):
            wout[i] = wi - self.a * (ei + self.lam * wi) if right else wi - self.a * ei + self.lam * wi


def start_state():
    return None


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    new = [np.empty_like(p) for p in params]
    for win, e, wout in zip(params, grads, new):
        SGD(A, LAMBDA).update(e.ravel(), win.ravel(), wout.reshape(-1), right)
    return new, state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
