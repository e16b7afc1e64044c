"""A momentum adds a share of the step before alone, which itself holds no momentum."""

import numpy as np

SOURCE = "https://github.com/NicolaAnnu/NeuralNetwork-ML/commit/1dd23b1"
THREAD = "NicolaAnnu/NeuralNetwork-ML 1dd23b1"
DATE = "2025-12"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, (g_t + \alpha\, g_{t-1})"
RIGHT = r"v_t = \alpha\, v_{t-1} + \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, ALPHA = 0.02, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=ALPHA)


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


class Layer:
    def __init__(self, W, b, state):
        self.W, self.b = W, b
        self.old_delta_w, self.old_delta_b = state

    def update(self, grad_w, grad_b):
        delta_w = LEARNING_RATE * grad_w
        delta_b = LEARNING_RATE * grad_b
        momentum_w = ALPHA * self.old_delta_w
        momentum_b = ALPHA * self.old_delta_b
        self.W = self.W - (delta_w + momentum_w)
        self.b = self.b - (delta_b + momentum_b)
        self.old_delta_w = delta_w
        self.old_delta_b = delta_b
        return (self.W, self.b), (self.old_delta_w, self.old_delta_b)


class RepairedLayer:
    def __init__(self, W, b, state):
        self.W, self.b = W, b
        self.momentum_w, self.momentum_b = state

    def update(self, grad_w, grad_b):
        delta_w = LEARNING_RATE * grad_w
        delta_b = LEARNING_RATE * grad_b
        self.momentum_w = ALPHA * self.momentum_w + delta_w
        self.momentum_b = ALPHA * self.momentum_b + delta_b
        self.W = self.W - self.momentum_w
        self.b = self.b - self.momentum_b
        return (self.W, self.b), (self.momentum_w, self.momentum_b)


def start_state():
    return None


def step(layer, params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    state = state or [(np.zeros_like(W), np.zeros_like(b)) for W, b in zip(params[::2], params[1::2])]
    new, kept = [], []
    for l in range(len(state)):
        pair, memory = layer(*params[2 * l : 2 * l + 2], state[l]).update(*grads[2 * l : 2 * l + 2])
        new += pair
        kept.append(memory)
    return new, kept


def update(params, grads, state):
    return step(Layer, params, grads, state)


def repaired_update(params, grads, state):
    return step(RepairedLayer, params, grads, state)
