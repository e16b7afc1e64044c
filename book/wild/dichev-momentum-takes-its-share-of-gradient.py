"""Momentum keeps a mean of the gradients, whose newest one has a weight of one minus beta, instead of their sum."""

import numpy as np

SOURCE = "https://github.com/dichev/deep-learning-from-scratch/commit/278b3b8"
THREAD = "dichev/deep-learning-from-scratch 278b3b8"
DATE = "2024-04"
KIND = "update"
FORMULA = r"v_t = \beta v_{t-1} + (1 - \beta) g_t,\; \theta \leftarrow \theta - \eta v_t"
RIGHT = r"v_t = \beta v_{t-1} + g_t,\; \theta \leftarrow \theta - \eta v_t"
READ = "code"
LAYER = []
NAMES = [{"dampened"}]
NET = dict(sizes=(2, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, MOMENTUM = 0.2, 0.9
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM)


def start(rng):
    return {
        "W1": rng.standard_normal((2, 4)),
        "b1": rng.standard_normal(4),
        "W2": rng.standard_normal((4, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost(params, X, Y):
    h = sigmoid(X @ params["W1"] + params["b1"])
    return 0.5 * np.sum((sigmoid(h @ params["W2"] + params["b2"]) - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = sigmoid(X @ params["W1"] + params["b1"])
    p = sigmoid(h @ params["W2"] + params["b2"])
    d2 = (p - Y) * p * (1 - p) / len(X)
    d1 = d2 @ params["W2"].T * h * (1 - h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def start_state():
    return {"exp_avg": {}}


class Parameter:
    def __init__(self, value, grad):
        self.value, self.grad = value, grad


class Optimizer:
    def __init__(self, parameters, lr):
        self._parameters = list(parameters)
        self.lr = lr


class SGD_Momentum(Optimizer):
    def __init__(self, parameters, lr, momentum=0.9):
        super().__init__(parameters, lr)
        self.momentum = momentum
        self.exp_avg = {name: np.zeros_like(param.value) for name, param in self._parameters}

    def step(self):
        beta = self.momentum
        for name, param in self._parameters:
            self.exp_avg[name] = beta * self.exp_avg[name] + (1 - beta) * param.grad
            param.value = param.value - self.lr * self.exp_avg[name]

        return self


class SGD_MomentumUnified(SGD_Momentum):
    def step(self):
        beta = self.momentum
        for name, param in self._parameters:
            self.exp_avg[name] = beta * self.exp_avg[name] + param.grad
            param.value = param.value - self.lr * self.exp_avg[name]

        return self


def run(kind, params, grads, state):
    parameters = [(name, Parameter(params[name], grads[name])) for name in params]
    optimizer = kind(parameters, LR, MOMENTUM)
    optimizer.exp_avg.update(state["exp_avg"])
    optimizer.step()
    return {name: param.value for name, param in parameters}, {"exp_avg": optimizer.exp_avg}


def update(params, grads, state):
    return run(SGD_Momentum, params, grads, state)


def repaired_update(params, grads, state):
    return run(SGD_MomentumUnified, params, grads, state)
