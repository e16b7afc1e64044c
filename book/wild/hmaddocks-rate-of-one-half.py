"""The closure with the learning rate has 0.5 written into it, so that the rate of the network is not used."""

import numpy as np

SOURCE = "https://github.com/hmaddocks/neural-net-rs/commit/95fa040dfc98596bd5a5801a34c4335b95af2358"
THREAD = "hmaddocks/neural-net-rs 95fa040"
DATE = "2025-03"
KIND = "update"
FORMULA = r"W \leftarrow W - \tfrac12 g"
RIGHT = r"W \leftarrow W - \eta\, g"
READ = "code"  # the lines of the step, given the right gradient
LAYER = []
NAMES = []
NET = None  # weights and biases are kept apart
BLOCKS = ["weights[1]", "weights[2]", "biases[1]", "biases[2]"]
SAMPLES = 6
LAM = 0.0


LR = 0.1
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    layers = [3, 4, 2]
    weights = [rng.standard_normal((layers[i + 1], layers[i])) for i in range(2)]
    biases = [rng.standard_normal((layers[i + 1], 1)) for i in range(2)]
    return {"weights": weights, "biases": biases}


def data(rng):
    """A column for each sample."""
    return rng.standard_normal((3, SAMPLES)), rng.uniform(0.1, 0.9, (2, SAMPLES))


def feed_forward(params, inputs):
    data = [inputs]
    for weights, biases in zip(params["weights"], params["biases"]):
        data.append(1 / (1 + np.exp(-(weights @ data[-1] + biases))))
    return data


def cost(params, X, Y):
    return 0.5 * np.sum((feed_forward(params, X)[-1] - Y) ** 2) / SAMPLES


def repaired(params, X, Y):
    """The right gradient, to train with."""
    data = feed_forward(params, X)
    delta = (data[2] - Y) * data[2] * (1 - data[2]) / SAMPLES
    below = params["weights"][1].T @ delta * data[1] * (1 - data[1])
    return {
        "weights": [below @ data[0].T, delta @ data[1].T],
        "biases": [below.sum(1, keepdims=True), delta.sum(1, keepdims=True)],
    }


def start_state():
    return None


class Matrix:
    def __init__(self, data):
        self.data = data

    def map(self, func):
        return Matrix(np.array([func(val) for val in self.data.ravel()]).reshape(self.data.shape))

    def add(self, other):
        return Matrix(self.data + other.data)


class Network:
    def __init__(self, params, learning_rate):
        self.weights = [Matrix(w) for w in params["weights"]]
        self.biases = [Matrix(b) for b in params["biases"]]
        self.learning_rate = learning_rate

    def scaled(self, gradients):
        return gradients.map(lambda x: x * 0.5)  # learning rate

    def back_propogate(self, grads):
        for i in reversed(range(len(self.weights))):
            # the gradients of the author are those of errors = targets - outputs
            self.weights[i] = self.weights[i].add(self.scaled(Matrix(-grads["weights"][i])))
            self.biases[i] = self.biases[i].add(self.scaled(Matrix(-grads["biases"][i])))


class NetworkLater(Network):
    def scaled(self, gradients):
        return gradients.map(lambda x: x * self.learning_rate)  # learning rate


def stepped(network, grads, state):
    network.back_propogate(grads)
    return {"weights": [w.data for w in network.weights], "biases": [b.data for b in network.biases]}, state


def update(params, grads, state):
    return stepped(Network(params, LR), grads, state)


def repaired_update(params, grads, state):
    return stepped(NetworkLater(params, LR), grads, state)
