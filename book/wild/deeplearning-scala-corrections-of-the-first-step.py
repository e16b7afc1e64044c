"""Adam divides at every step by the corrections of the first one, for no step is counted."""

import numpy as np

SOURCE = "https://github.com/ThoughtWorksInc/DeepLearning.scala/commit/e2fd9494"
THREAD = "ThoughtWorksInc/DeepLearning.scala e2fd9494"
DATE = "2017-03"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, \frac{\sqrt{1 - \beta_2}}{1 - \beta_1}\, m_t / (\sqrt{v_t} + \varepsilon)"
RIGHT = (
    r"\theta_{t+1} = \theta_t - \eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, m_t / (\sqrt{v_t} + \varepsilon)"
)
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LEARNING_RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


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
    return {"times": 0, "m": None, "v": None}


class Optimizer:
    def current_delta(self, delta):
        return delta * LEARNING_RATE


class Adam(Optimizer):
    def __init__(self, m, v):
        self.m, self.v = m, v

    def current_delta(self, delta):
        self.m = self.m * BETA1 + delta * (1 - BETA1)
        self.v = self.v * BETA2 + delta * delta * (1 - BETA2)
        coef1 = 1 - BETA1
        coef2 = np.sqrt(1 - BETA2)
        return super().current_delta(self.m * (coef2 / coef1)) / (np.sqrt(self.v) + EPS)


class AdamWithTimes(Optimizer):
    def __init__(self, m, v, times):
        self.m, self.v, self.times = m, v, times

    def current_delta(self, delta):
        self.m = self.m * BETA1 + delta * (1 - BETA1)
        self.v = self.v * BETA2 + delta * delta * (1 - BETA2)
        self.times += 1
        coef1 = 1 - BETA1**self.times
        coef2 = np.sqrt(1 - BETA2**self.times)
        return super().current_delta(self.m * (coef2 / coef1)) / (np.sqrt(self.v) + EPS)


def update_all(params, grads, optimizers, times):
    moved = [old - each.current_delta(delta) for old, delta, each in zip(params, grads, optimizers)]
    return moved, {"times": times + 1, "m": [each.m for each in optimizers], "v": [each.v for each in optimizers]}


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    zeros = [np.zeros(g.shape) for g in grads]
    optimizers = [Adam(m, v) for m, v in zip(state["m"] or zeros, state["v"] or zeros)]
    return update_all(params, grads, optimizers, state["times"])


def repaired_update(params, grads, state):
    zeros = [np.zeros(g.shape) for g in grads]
    optimizers = [AdamWithTimes(m, v, state["times"]) for m, v in zip(state["m"] or zeros, state["v"] or zeros)]
    return update_all(params, grads, optimizers, state["times"])
