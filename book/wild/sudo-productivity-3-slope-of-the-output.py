"""A reader misses the sigmoid in the function of its slope, which is given the sigmoid's output already."""

import numpy as np

SOURCE = "https://github.com/kyle8998/Sudo-Productivity/issues/3"
THREAD = "kyle8998/Sudo-Productivity #3"
DATE = "2018-01"
KIND = "right"
FORMULA = r"\sigma'(z) = x (1 - x),\; x = \sigma(z)"
RIGHT = r"\sigma'(z) = \sigma(z) (1 - \sigma(z))"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [2 * rng.random((3, 4)) - 1, 2 * rng.random((4, 1)) - 1]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


class NeuronLayer:
    def __init__(self, synaptic_weights):
        self.synaptic_weights = synaptic_weights


class NeuralNetwork:
    def __init__(self, layer1, layer2):
        self.layer1 = layer1
        self.layer2 = layer2

    def __sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def __sigmoid_derivative(self, x):
        return x * (1 - x)

    def train(self, training_set_inputs, training_set_outputs):
        """What one round subtracts."""
        output_from_layer_1, output_from_layer_2 = self.think(training_set_inputs)
        layer2_error = training_set_outputs - output_from_layer_2
        layer2_delta = layer2_error * self.__sigmoid_derivative(output_from_layer_2)
        layer1_error = layer2_delta.dot(self.layer2.synaptic_weights.T)
        layer1_delta = layer1_error * self.__sigmoid_derivative(output_from_layer_1)
        layer1_adjustment = training_set_inputs.T.dot(layer1_delta)
        layer2_adjustment = output_from_layer_1.T.dot(layer2_delta)
        return [-layer1_adjustment, -layer2_adjustment]

    def think(self, inputs):
        output_from_layer1 = self.__sigmoid(np.dot(inputs, self.layer1.synaptic_weights))
        output_from_layer2 = self.__sigmoid(np.dot(output_from_layer1, self.layer2.synaptic_weights))
        return output_from_layer1, output_from_layer2


def network(params):
    return NeuralNetwork(*[NeuronLayer(weights) for weights in params])


def cost(params, X, Y):
    return 0.5 * np.sum((Y - network(params).think(X)[1]) ** 2)


def grad(params, X, Y):
    return network(params).train(X, Y)


repaired = grad
