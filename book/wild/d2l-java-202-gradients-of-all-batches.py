"""The arrays for gradients are not cleared before a batch, so each step is along the sum of all gradients so far."""

import numpy as np

SOURCE = "https://github.com/deepjavalibrary/d2l-java/pull/202"
THREAD = "deepjavalibrary/d2l-java PR #202"
DATE = "2024-02"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta \textstyle\sum_{s \le t} g_s"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t"
READ = "code"
LAYER = []
NAMES = [{"gradients-summed"}]
NET = dict(sizes=(3, 1), output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR = 0.03
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    return [rng.standard_normal((3, 1)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


def linreg(X, w, b):
    return X @ w + b


def squared_loss(y_hat, y):
    return (y_hat - y) ** 2 / 2


def cost(params, X, Y):
    return np.sum(squared_loss(linreg(X, *params), Y)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    difference = (linreg(X, *params) - Y) / len(X)
    return [X.T @ difference, difference.sum(0)]


def start_state():
    return {"gradient": None}


class GradientCollector:
    """What is collected is added to what an array has already."""

    def __init__(self, state, grads):
        self.gradient = state["gradient"] or [np.zeros_like(g) for g in grads]

    def zero_gradients(self):
        self.gradient = [np.zeros_like(g) for g in self.gradient]

    def backward(self, grads):
        self.gradient = [old + g for old, g in zip(self.gradient, grads)]


def sgd(params, gradient, lr):
    return [param - gradient_of_it * lr for param, gradient_of_it in zip(params, gradient)]


def update(params, grads, state):
    gc = GradientCollector(state, grads)
    gc.backward(grads)
    return sgd(params, gc.gradient, LR), {"gradient": gc.gradient}


def repaired_update(params, grads, state):
    gc = GradientCollector(state, grads)
    gc.zero_gradients()
    gc.backward(grads)
    return sgd(params, gc.gradient, LR), {"gradient": gc.gradient}
