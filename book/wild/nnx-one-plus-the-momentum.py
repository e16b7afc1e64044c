"""A gradient that is kept and one that comes are divided by one plus the momentum, which is no mean of the two."""

import numpy as np

SOURCE = "https://github.com/clementfarabet/lua---nnx/commit/cd5f492"
THREAD = "clementfarabet/lua---nnx cd5f492"
DATE = "2011-08"
KIND = "update"
FORMULA = r"v_t = \frac{\mu\, v_{t-1} + g_t}{1 + \mu},\; v_1 = g_1"
RIGHT = r"v_t = \mu\, v_{t-1} + (1 - \mu)\, g_t,\; v_1 = g_1"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, MOMENTUM = 0.05, 0.8
SETTINGS = dict(like="momentum", lr=LEARNING_RATE * (1 - MOMENTUM), momentum=MOMENTUM)


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
    def __init__(self, currentGradParameters, right):
        self.currentGradParameters = currentGradParameters
        self.right = right

    def optimize(self, parameters, gradParameters):
        if self.currentGradParameters is None:
            self.currentGradParameters = [each.copy() for each in gradParameters]
        elif self.right:
            self.currentGradParameters = [
                current * MOMENTUM + (1 - MOMENTUM) * each
                for current, each in zip(self.currentGradParameters, gradParameters)
            ]
        else:
            self.currentGradParameters = [
                (current * MOMENTUM + each) / (1 + MOMENTUM)
                for current, each in zip(self.currentGradParameters, gradParameters)
            ]
        return [p - LEARNING_RATE * current for p, current in zip(parameters, self.currentGradParameters)]


def start_state():
    return None


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    sgd = SGD(state, right)
    return sgd.optimize(params, grads), sgd.currentGradParameters


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
