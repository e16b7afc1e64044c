"""The velocity of SGD gathers the gradients with a plus and is added to the weights, so that they climb."""

import numpy as np

SOURCE = "https://github.com/FFMG/neural-network/commit/fcc7178"
THREAD = "FFMG/neural-network fcc7178, ddf96fa"
DATE = "2025-07"
KIND = "update"
FORMULA = r"v \leftarrow \mu v + \eta g,\; \theta \leftarrow \theta + v"
RIGHT = r"v \leftarrow \mu v - \eta g,\; \theta \leftarrow \theta + v"
READ = "code"  # for gradients within the threshold of 1, where the author neither clips nor decays; the momentum is set
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LEARNING_RATE, ALPHA = 0.1, 0.5
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=ALPHA)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"velocity": [0.0] * 4}


class WeightParam:
    """The weights of one array; the author has an object for each."""

    def __init__(self, value, velocity):
        self.value, self.velocity, self.gradient = value, velocity, None


class Neuron:
    def __init__(self, weight_params, alpha):
        self.weight_params, self.alpha = weight_params, alpha

    def apply_weight_gradients(self, gradients, learning_rate):
        for weight_param, gradient in zip(self.weight_params, gradients):
            self.apply_sgd_update(weight_param, gradient, learning_rate, self.alpha, 0.0)

    def apply_sgd_update(self, weight_param, raw_gradient, learning_rate, momentum, weight_decay):
        previous_velocity = weight_param.velocity

        velocity = learning_rate * raw_gradient + momentum * previous_velocity

        new_weight = weight_param.value * (1.0 - weight_decay) + velocity

        weight_param.velocity = velocity
        weight_param.gradient = raw_gradient
        weight_param.value = new_weight


class NeuronLater(Neuron):
    def apply_sgd_update(self, weight_param, raw_gradient, learning_rate, momentum, weight_decay):
        previous_velocity = weight_param.velocity

        velocity = momentum * previous_velocity - learning_rate * raw_gradient

        decayed_weight = weight_param.value * (1.0 - learning_rate * weight_decay)
        new_weight = decayed_weight + velocity

        weight_param.velocity = velocity
        weight_param.gradient = raw_gradient
        weight_param.value = new_weight


def step(kind, params, grads, state):
    weight_params = [WeightParam(p, v) for p, v in zip(params, state["velocity"])]
    kind(weight_params, ALPHA).apply_weight_gradients(grads, LEARNING_RATE)
    return [w.value for w in weight_params], {"velocity": [w.velocity for w in weight_params]}


def update(params, grads, state):
    return step(Neuron, params, grads, state)


def repaired_update(params, grads, state):
    return step(NeuronLater, params, grads, state)
