"""A neuron sends its input times the weight down, where its error times the weight should go."""

import numpy as np

SOURCE = "https://github.com/vicariousgreg/NeuralNetworkTrainer/commit/416b38c"
THREAD = "vicariousgreg/NeuralNetworkTrainer 416b38c"
DATE = "2015-05"
KIND = "gradient"
FORMULA = r"\delta^1_j = \sigma'(z^1_j) \textstyle\sum_k a^1_j\, W^2_{kj}"
RIGHT = r"\delta^1_j = \sigma'(z^1_j) \textstyle\sum_k \delta^2_k\, W^2_{kj}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Of each neuron its weights, one for each neuron below, and its bias."""
    return [[(rng.standard_normal(n), rng.standard_normal()) for _ in range(k)] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


class Input:
    def __init__(self, output):
        self.output = output

    def back_propagate(self, bp_error):
        """Nothing is below."""


class Neuron:
    def __init__(self, below, outputs, weights, bias, right):
        self.below, self.outputs, self.weights, self.right = below, outputs, weights, right
        self.error_counter, self.error_sigma = 0, 0.0
        self.inputs = np.array([key.output for key in below])
        self.output = 1 / (1 + np.exp(-(np.sum(self.inputs * weights) + bias)))

    def back_propagate(self, bp_error):
        """Goes on when each neuron above has sent its part; the changes go uphill in the error."""
        self.error_counter += 1
        self.error_sigma += bp_error
        if self.outputs == 0 or self.error_counter == self.outputs:
            error = self.error_sigma * self.output * (1 - self.output)
            for key, value, weight in zip(self.below, self.inputs, self.weights):
                key.back_propagate((error if self.right else value) * weight)
            self.changes = error * self.inputs, error


def network(params, x, right=True):
    layers = [[Input(value) for value in x]]
    for place, neurons in enumerate(params):
        outputs = len(params[place + 1]) if place + 1 < len(params) else 0
        layers.append([Neuron(layers[-1], outputs, weights, bias, right) for weights, bias in neurons])
    return layers


def fire(layers):
    return np.array([neuron.output for neuron in layers[-1]])


def cost(params, X, Y):
    return 0.5 * sum(np.sum((y - fire(network(params, x))) ** 2) for x, y in zip(X, Y)) / len(X)


def learn(params, X, Y, right):
    totals = [[[np.zeros_like(weights), 0.0] for weights, _ in neurons] for neurons in params]
    for x, y in zip(X, Y):
        layers = network(params, x, right)
        for neuron, error in zip(layers[-1], y - fire(layers)):
            neuron.back_propagate(error)
        for neurons, own in zip(layers[1:], totals):
            for neuron, total in zip(neurons, own):
                total[0] = total[0] - neuron.changes[0] / len(X)
                total[1] = total[1] - neuron.changes[1] / len(X)
    return [[tuple(neuron) for neuron in neurons] for neurons in totals]


def grad(params, X, Y):
    return learn(params, X, Y, right=False)


def repaired(params, X, Y):
    return learn(params, X, Y, right=True)
