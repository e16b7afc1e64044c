"""The sum of squares of an Adagrad is replaced by the last square."""

import numpy as np

SOURCE = "https://github.com/j6k1/simplenn/commit/138ba7c"
THREAD = "j6k1/simplenn 138ba7c"
DATE = "2018-01"
KIND = "update"
FORMULA = r"G_t = g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{G_t} + \varepsilon)"
RIGHT = r"G_t = G_{t-1} + g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{G_t} + \varepsilon)"
READ = "code"
LAYER = []
NAMES = [{"square-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

A, EPS = 0.01, 1e-8
SETTINGS = dict(like="adagrad", lr=A, eps=EPS)


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


class Adagrad:
    def __init__(self, gt):
        self.a, self.gt = A, gt

    def update(self, k, e, win, wout, right):
        gt = self.gt.setdefault(k, [0.0] * len(e))
        for i, (wi, ei) in enumerate(zip(win, e)):
            if right:
                gt[i] += ei * ei
            else:
                gt[i] = ei * ei
            wout[i] = wi - self.a * ei / (np.sqrt(gt[i]) + EPS)


def start_state():
    return {}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    optimizer = Adagrad({k: [*gt] for k, gt in state.items()})
    new = [np.empty_like(p) for p in params]
    for k, (win, e, wout) in enumerate(zip(params, grads, new)):
        optimizer.update(k, e.ravel(), win.ravel(), wout.reshape(-1), right)
    return new, optimizer.gt


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
