"""AdaGrad adds up the squares of the parameters, and not those of their gradients."""

import numpy as np

SOURCE = "https://github.com/BVLC/caffe/commit/214e72a0fbb6cc0ea999e90b887abc6d5bf0a95f"
THREAD = "BVLC/caffe 214e72a0f, 0af28e25d"
DATE = "2014-07"
KIND = "update"
FORMULA = r"v_t = v_{t-1} + \theta_{t-1}^2,\; \theta_t = \theta_{t-1} - \eta\, g_t / (\sqrt{v_t} + \delta)"
RIGHT = r"v_t = v_{t-1} + g_t^2,\; \theta_t = \theta_{t-1} - \eta\, g_t / (\sqrt{v_t} + \delta)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


RATE, DELTA = 0.05, 1e-8
SETTINGS = dict(like="adagrad", lr=RATE, eps=DELTA)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = 1 / (1 + np.exp(-z))
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class Blob:
    def __init__(self, data, diff=None):
        self.data = np.array(data, float)
        self.diff = np.zeros_like(self.data) if diff is None else np.array(diff, float)


def start_state():
    return {"history": [np.zeros((4, 3)), np.zeros(4), np.zeros((2, 4)), np.zeros(2)]}


class AdaGradSolver:
    """The first version has no delta, and the next does not compile with it; without weight decay."""

    def __init__(self, params, grads, state):
        self.net_params = [Blob(p, g) for p, g in zip(params, grads)]
        self.history_ = [Blob(h) for h in state["history"]]
        self.update_ = [Blob(np.zeros_like(p)) for p in params]

    def squared(self, param):
        return param.data

    def ComputeUpdateValue(self):
        rate = RATE
        for param_id in range(len(self.net_params)):
            local_rate = rate * 1.0
            # compute square of gradient in update
            self.update_[param_id].data = np.power(self.squared(self.net_params[param_id]), 2)
            # update history
            self.history_[param_id].data = self.update_[param_id].data + self.history_[param_id].data
            # prepare update
            self.update_[param_id].data = np.power(self.history_[param_id].data, 0.5)
            self.update_[param_id].data += DELTA
            self.update_[param_id].data = self.net_params[param_id].diff / self.update_[param_id].data
            # scale and copy
            self.net_params[param_id].diff = local_rate * self.update_[param_id].data

    def step(self):
        self.ComputeUpdateValue()
        for blob in self.net_params:
            blob.data = blob.data - blob.diff
        return [blob.data for blob in self.net_params], {"history": [h.data for h in self.history_]}


class AdaGradSolverLater(AdaGradSolver):
    def squared(self, param):
        return param.diff


def update(params, grads, state):
    return AdaGradSolver(params, grads, state).step()


def repaired_update(params, grads, state):
    return AdaGradSolverLater(params, grads, state).step()
