"""AdaGrad adds the weight decay behind the division, so that neither the sum of squares nor its root has it."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/issues/9363"
THREAD = "apache/mxnet #9363, PR #9651"
DATE = "2018-01"
KIND = "update"
FORMULA = (
    r"v_t = v_{t-1} + g_t^2,\; "
    r"\theta_{t+1} = \theta_t - \eta\, \bigl(g_t / (\sqrt{v_t} + \epsilon) + \lambda\, \theta_t\bigr)"
)
RIGHT = (
    r"h_t = g_t + \lambda\, \theta_t,\; v_t = v_{t-1} + h_t^2,\; "
    r"\theta_{t+1} = \theta_t - \eta\, h_t / (\sqrt{v_t} + \epsilon)"
)
READ = "code"
LAYER = []
NAMES = [{"decay-apart"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, FLOAT_STABLE_EPS, WD = 0.05, 1e-7, 0.2  # this ε stands within the root in the original
SETTINGS = dict(like="adagrad", lr=LR, eps=FLOAT_STABLE_EPS, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    fc1_weight, fc1_bias, fc2_weight, fc2_bias = params
    act = 1 / (1 + np.exp(-(X @ fc1_weight.T + fc1_bias)))
    return act, act @ fc2_weight.T + fc2_bias


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    act, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2] * act * (1 - act)
    return [d1.T @ X, d1.sum(0), d2.T @ act, d2.sum(0)]


class AdaGrad:
    rescale_grad = 1.0

    def create_state(self, index, weight):
        return np.zeros_like(weight)  # history

    def update(self, index, weight, grad, state):
        grad = grad * self.rescale_grad
        history = state
        history[:] += grad * grad
        weight[:] += -LR * (grad / (np.sqrt(history) + FLOAT_STABLE_EPS) + WD * weight)


class AdaGradAsAsked(AdaGrad):
    def update(self, index, weight, grad, state):
        grad = grad * self.rescale_grad + WD * weight
        history = state
        history[:] += grad * grad
        weight[:] += -LR * grad / (np.sqrt(history) + FLOAT_STABLE_EPS)


class Updater:
    def __init__(self, optimizer, states):
        self.optimizer = optimizer
        self.states = {index: history.copy() for index, history in states.items()}

    def __call__(self, index, grad, weight):
        if index not in self.states:
            self.states[index] = self.optimizer.create_state(index, weight)
        self.optimizer.update(index, weight, grad, self.states[index])


def start_state():
    return {}


def step(optimizer, params, grads, state):
    updater = Updater(optimizer, state)
    new = [p.copy() for p in params]
    for index, (weight, grad) in enumerate(zip(new, grads)):
        updater(index, grad, weight)
    return new, updater.states


def update(params, grads, state):
    return step(AdaGrad(), params, grads, state)


def repaired_update(params, grads, state):
    return step(AdaGradAsAsked(), params, grads, state)
