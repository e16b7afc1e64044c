"""Nesterov's step adds the new velocity and takes the old one off, so that only the last velocity ever counts."""

import numpy as np

SOURCE = "https://github.com/BIDData/BIDMach/commit/3c9842ddd1ab7f9b2de77880cbe4a13b56fa2fd1"
THREAD = "BIDData/BIDMach 8ee9af70, 3c9842dd"
DATE = "2017-06"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} + (1 - \mu) \eta\, g_t,\; \theta \leftarrow \theta - (v_t - v_{t-1})"
RIGHT = r"p_t = \mu (p_{t-1} + \eta\, g_t),\; \theta \leftarrow \theta - (p_t - p_{t-1}) - p_t / \mu"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LRATE, MU = 0.05, 0.9
SETTINGS = dict(like="nesterov", lr=LRATE, momentum=MU)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    return 0.5 * np.sum((h @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"momentum": None}


class Grad:
    """An updater that goes uphill: what a model of the library leaves in updatemats is the gradient's negative."""

    lrate, nesterov_vel_decay, tscale = LRATE, MU, 1.0

    def __init__(self, params, grads, state):
        self.modelmats = [p.copy() for p in params]
        self.updatemats = [-g for g in grads]
        if state["momentum"] is None:
            self.vel_decay = [np.zeros_like(p) for p in params]
        else:
            self.vel_decay = [v.copy() for v in state["momentum"]]

    def nesterov(self, i, mm, grad):
        vel_decay, mu = self.vel_decay, self.nesterov_vel_decay
        mm -= vel_decay[i]  # A bit of algebra, remove old vel_decay from the model
        vel_decay[i] -= grad  # Memory-efficient version of p = mu * p + (1-mu) grad
        vel_decay[i] *= mu  # update vel_decay using the new gradient
        vel_decay[i] += grad
        grad[...] = vel_decay[i]  # Add the new vel_decay to the model

    def update(self):
        for i in range(len(self.updatemats)):
            mm = self.modelmats[i]
            grad = self.updatemats[i]
            grad *= self.lrate * self.tscale
            self.nesterov(i, mm, grad)
            self.modelmats[i] += grad
        return self.modelmats, {"momentum": self.vel_decay}


class GradLater(Grad):
    def nesterov(self, i, mm, grad):
        momentum, mu = self.vel_decay, self.nesterov_vel_decay
        mm -= momentum[i]  # A bit of algebra, remove old momentum from the model
        momentum[i] += grad  # Memory-efficient version of p = mu * p + mu grad
        momentum[i] *= mu
        mm += momentum[i]  # Add the new momentum to the model
        grad[...] = momentum[i] / mu


def update(params, grads, state):
    return Grad(params, grads, state).update()


def repaired_update(params, grads, state):
    return GradLater(params, grads, state).update()
