"""The part of the previous velocity is added to Nesterov's step, where it must be taken off."""

import numpy as np

SOURCE = "https://github.com/XavierSpycy/NumPy-Keras/commit/8e761ee"
THREAD = "XavierSpycy/NumPy-Keras 8e761ee"
DATE = "2026-08"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} - \eta g,\; \theta \leftarrow \theta + \mu v_{t-1} + (1 + \mu) v_t"
RIGHT = r"\theta \leftarrow \theta - \mu v_{t-1} + (1 + \mu) v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(2, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, MOMENTUM = 0.1, 0.9
SETTINGS = dict(like="nesterov", lr=LR, momentum=MOMENTUM)


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
    return {"velocity": {}}


class Layer:
    def __init__(self, params, grads):
        self.params, self.grads = params, grads


class SGD:
    """SGD with momentum, and with Nesterov's accelerated gradient."""

    def __init__(self, learning_rate, momentum=0.0, nesterov=False, weight_decay=0.0):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.nesterov = nesterov
        self.weight_decay = weight_decay
        self.velocity = {}
        self.velocity_prev = {} if self.nesterov else None

    def lookahead(self, layer, key, i):
        layer.params[key] -= -self.momentum * self.velocity_prev[key] - (1 + self.momentum) * self.velocity[i][key]

    def update(self, layers):
        if not self.velocity:
            self.init_velocity(layers)

        for i, layer in enumerate(layers):
            for key in layer.params:
                grad = layer.grads[key]
                grad = grad + self.weight_decay * layer.params[key]
                if self.nesterov:
                    # Update the velocity
                    self.velocity_prev[key] = self.velocity[i][key]
                    self.velocity[i][key] = self.momentum * self.velocity_prev[key] - self.learning_rate * grad
                    # Update the parameters
                    self.lookahead(layer, key, i)
                else:
                    self.velocity[i][key] = self.momentum * self.velocity[i][key] + self.learning_rate * grad
                    layer.params[key] -= self.velocity[i][key]

    def init_velocity(self, layers):
        for i, layer in enumerate(layers):
            self.velocity[i] = {}
            for key in layer.params:
                self.velocity[i][key] = np.zeros_like(layer.params[key])


class SGDMended(SGD):
    def lookahead(self, layer, key, i):
        layer.params[key] -= self.momentum * self.velocity_prev[key] - (1 + self.momentum) * self.velocity[i][key]


def step(kind, params, grads, state):
    layers = [Layer({k: np.array(params[k])}, {k: grads[k]}) for k in params]
    optimizer = kind(LR, momentum=MOMENTUM, nesterov=True)
    optimizer.velocity = {i: dict(v) for i, v in state["velocity"].items()}
    optimizer.update(layers)
    return {k: layer.params[k] for layer in layers for k in layer.params}, {"velocity": optimizer.velocity}


def update(params, grads, state):
    return step(SGD, params, grads, state)


def repaired_update(params, grads, state):
    return step(SGDMended, params, grads, state)
