"""A momentum updater steps by a copy of its velocity added to the gradient, and the velocity itself stays zero."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/nd4j/pull/2116"
THREAD = "deeplearning4j/nd4j PR #2116, 8294f844b, 103eb9a39"
DATE = "2017-09"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \bigl(g_t + (\mu v - \eta g_t)\bigr),\; v = 0 \text{ throughout}"
RIGHT = r"\theta \leftarrow \theta - v_t,\; v_t = \mu v_{t-1} + \eta g_t"
READ = "code"
LAYER = []
NAMES = [{"velocity-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LEARNING_RATE, MOMENTUM = 0.1, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


def start(rng):
    return {
        "0_W": rng.standard_normal((3, 4)),
        "0_b": rng.standard_normal((1, 4)),
        "1_W": rng.standard_normal((4, 2)),
        "1_b": rng.standard_normal((1, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    h = np.tanh(X @ params["0_W"] + params["0_b"])
    e = np.exp(h @ params["1_W"] + params["1_b"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d1 = (p - Y) / len(X)
    d0 = d1 @ params["1_W"].T * (1 - h**2)
    return {"0_W": X.T @ d0, "0_b": d0.sum(0, keepdims=True), "1_W": h.T @ d1, "1_b": d1.sum(0, keepdims=True)}


def start_state():
    return {}


class Momentum:
    momentum, learningRate = MOMENTUM, LEARNING_RATE

    def getMomentum(self):
        return self.momentum

    def getLearningRate(self):
        return self.learningRate


class MomentumUpdater:
    def __init__(self, config, viewArray):
        self.config = config
        self.v = viewArray

    def applyUpdater(self, gradient):
        momentum = self.config.getMomentum()
        learningRate = self.config.getLearningRate()

        # Standard momentum: v = mu * v_prev - learning_rate * gradient(x)
        vPrev = self.v.copy()
        vPrev *= momentum
        vPrev -= gradient.copy() * learningRate

        gradient += vPrev


class MomentumUpdaterMended(MomentumUpdater):
    def applyUpdater(self, gradient):
        momentum = self.config.getMomentum()
        learningRate = self.config.getLearningRate()

        self.v *= momentum
        self.v += gradient.copy() * learningRate

        gradient[:] = self.v  # the commit still says vPrev, which is no more


def optimize(updater, params, grads, state):
    """The network's step function subtracts what the updaters leave in the gradients."""
    new, views = {}, {}
    for name in params:
        gradient = grads[name].copy()
        views[name] = state[name].copy() if name in state else np.zeros_like(gradient)
        updater(Momentum(), views[name]).applyUpdater(gradient)
        new[name] = params[name] - gradient
    return new, views


def update(params, grads, state):
    return optimize(MomentumUpdater, params, grads, state)


def repaired_update(params, grads, state):
    return optimize(MomentumUpdaterMended, params, grads, state)
