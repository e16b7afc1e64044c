"""The slope x(1 - x) was doubted, but it is given what has been through the sigmoid already."""

import numpy as np

SOURCE = "https://github.com/llSourcell/Make_a_neural_network/issues/1"
THREAD = "llSourcell/Make_a_neural_network #1"
DATE = "2017-01"
KIND = "right"
FORMULA = r"\sigma'(z) = x (1 - x),\; x = \sigma(z)"
RIGHT = r"\sigma'(z) = \sigma(z) (1 - \sigma(z))"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 1), output="sigmoid", loss="half_squared")  # no bias
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [2 * rng.random((3, 1)) - 1]


def data(rng):
    return rng.integers(0, 2, (SAMPLES, 3)) + 0.1 * rng.standard_normal((SAMPLES, 3)), rng.integers(
        0, 2, (SAMPLES, 1)
    ).astype(float)


class NeuralNetwork:
    def __init__(self, synaptic_weights):
        self.synaptic_weights = synaptic_weights

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def sigmoid_derivative(self, x):
        return x * (1 - x)

    def adjustment(self, training_set_inputs, training_set_outputs):
        """What a step adds."""
        output = self.think(training_set_inputs)
        error = training_set_outputs - output
        return np.dot(training_set_inputs.T, error * self.sigmoid_derivative(output))

    def think(self, inputs):
        return self.sigmoid(np.dot(inputs, self.synaptic_weights))


def cost(params, X, Y):
    return 0.5 * np.sum((Y - NeuralNetwork(params[0]).think(X)) ** 2) / len(X)


def grad(params, X, Y):
    return [-NeuralNetwork(params[0]).adjustment(X, Y) / len(X)]


repaired = grad
