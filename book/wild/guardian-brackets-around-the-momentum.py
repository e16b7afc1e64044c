"""Brackets are closed before the change of the last step, which multiplies the new weight and not the momentum."""

import numpy as np

SOURCE = "https://github.com/Guardian-Development/NeuralNetworksLibrary/commit/c73f9b1"
THREAD = "Guardian-Development/NeuralNetworksLibrary c73f9b1"
DATE = "2017-07"
KIND = "update"
FORMULA = r"\theta_{t+1} = (\theta_t + d_t + \mu)\, d_{t-1},\; d_t = -\eta\, g_t"
RIGHT = r"\theta_{t+1} = \theta_t + d_t + \mu\, d_{t-1},\; d_t = -\eta\, g_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MU = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=RATE, momentum=MU)


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


class Synapse:
    def __init__(self, weight, weight_delta):
        self.weight, self.weight_delta = weight, weight_delta

    def calculate(self, gradient, right):
        """What is kept is the part of the change that comes from the gradient."""
        prev_delta = self.weight_delta
        self.weight_delta = -RATE * gradient
        if right:
            self.weight = self.weight + self.weight_delta + (MU * prev_delta)
        else:
            self.weight = (self.weight + self.weight_delta + MU) * prev_delta


def start_state():
    return {"deltas": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    deltas = state["deltas"] or [np.zeros_like(p) for p in params]
    synapses = [Synapse(p, delta) for p, delta in zip(params, deltas)]
    for synapse, gradient in zip(synapses, grads):
        synapse.calculate(gradient, right)
    return [synapse.weight for synapse in synapses], {"deltas": [synapse.weight_delta for synapse in synapses]}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
