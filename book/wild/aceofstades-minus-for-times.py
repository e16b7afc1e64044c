"""The gradient is subtracted from the learning rate, and the difference is taken from the weights."""

import numpy as np

SOURCE = "https://github.com/AceofStades/Neural-Network-in-Rust/commit/ca0196b"
THREAD = "AceofStades/Neural-Network-in-Rust ca0196b"
DATE = "2026-01"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - (\eta - g_t)"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 1), hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE = 0.1
SETTINGS = dict(like="sgd", lr=LEARNING_RATE)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 1)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    return h, 1 / (1 + np.exp(-(h @ W2 + b2)))


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, a = forward(params, X)
    d2 = (a - Y) * a * (1 - a) / len(X)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


class Layer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def backward(self, dw, dz, learning_rate):
        self.weights = self.weights - (learning_rate - dw)
        self.biases = self.biases - (learning_rate - dz)


class RepairedLayer(Layer):
    def backward(self, dw, dz, learning_rate):
        self.weights = self.weights - (learning_rate * dw)
        self.biases = self.biases - (learning_rate * dz)


def start_state():
    return None


def step(layer, params, grads):
    new = []
    for l in range(0, len(params), 2):
        each = layer(params[l], params[l + 1])
        each.backward(grads[l], grads[l + 1], LEARNING_RATE)
        new += [each.weights, each.biases]
    return new


def update(params, grads, state):
    return step(Layer, params, grads), state


def repaired_update(params, grads, state):
    return step(RepairedLayer, params, grads), state
