"""What a momentum keeps of a step is the step without the momentum that was added to it."""

import numpy as np

SOURCE = "https://github.com/vornao/neural-network-from-scratch/commit/a6192d8"
THREAD = "vornao/neural-network-from-scratch a6192d8"
DATE = "2022-12"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, g_t - \alpha\, \eta\, g_{t-1}"
RIGHT = r"v_t = \eta\, g_t + \alpha\, v_{t-1},\; \theta_{t+1} = \theta_t - v_t"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a network without biases, which the author moves without momentum
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0

ETA, MOMENTUM = 0.02, 0.8
SETTINGS = dict(like="momentum", lr=ETA, momentum=MOMENTUM)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((4, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, W2 = params
    return 0.5 * np.sum((np.tanh(X @ W1) @ W2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, W2 = params
    h = np.tanh(X @ W1)
    d2 = (h @ W2 - Y) / len(X)
    return [X.T @ (d2 @ W2.T * (1 - h**2)), h.T @ d2]


class Layer:
    right = False

    def __init__(self, W, last_delta):
        self.W = W.copy()
        self.last_delta = last_delta

    def update_weights(self, delta_w, eta, nesterov):
        self.W -= eta * delta_w + nesterov * self.last_delta
        if self.right:
            self.last_delta = eta * delta_w + nesterov * self.last_delta
        else:
            self.last_delta = eta * delta_w


class LayerLater(Layer):
    right = True


def start_state():
    return None


def step(layer, params, grads, state):
    state = state or [np.zeros_like(W) for W in params]
    layers = [layer(W, last_delta) for W, last_delta in zip(params, state)]
    for l, delta_w in zip(layers, grads):
        l.update_weights(delta_w, ETA, MOMENTUM)
    return [l.W for l in layers], [l.last_delta for l in layers]


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return step(Layer, params, grads, state)


def repaired_update(params, grads, state):
    return step(LayerLater, params, grads, state)
