"""The labels have had their offset taken off already, and one more is taken off before the step back."""

import numpy as np

SOURCE = "https://github.com/Effectuss/Multilayer-Perceptron-CPP-QT/commit/f793836"
THREAD = "Effectuss/Multilayer-Perceptron-CPP-QT f793836"
DATE = "2024-09"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\delta^2_k = (a_k - [k = c - 1])\, a_k (1 - a_k)"
RIGHT = r"\delta^2_k = (a_k - [k = c])\, a_k (1 - a_k)"
READ = "code"
LAYER = [2]
NAMES = [{"labels-off-by-one"}]
NET = None  # sigmoid layers without biases, half of the squares
BLOCKS = ["W[1]", "W[2]"]
SIZES = (4, 4, 3)
SAMPLES = 8
LAM = 0.0


def start(rng):
    """One matrix a layer, a row a neuron."""
    return [rng.standard_normal((n, m)) for m, n in zip(SIZES, SIZES[1:])]


def data(rng):
    """Inputs and labels that count from 0."""
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, SIZES[-1], SAMPLES)


class Sigmoid:
    def Activate(self, values):
        return 1.0 / (1.0 + np.exp(-values))

    def Derivative(self, value):
        return value * (1.0 - value)


class MatrixPerceptron:
    def __init__(self, weights):
        self.weights = [None] + list(weights)
        self.number_of_layers = len(self.weights)
        self.activation_function = Sigmoid()
        self.neuron_values = [None] * self.number_of_layers
        self.delta_weight = [None] + [np.zeros(len(w)) for w in weights]
        self.sums = [None] + [np.zeros(w.shape) for w in weights]

    def ForwardFeed(self, picture):
        self.neuron_values[0] = picture
        for i in range(1, self.number_of_layers):
            values = self.weights[i] @ self.neuron_values[i - 1]
            self.neuron_values[i] = self.activation_function.Activate(values)
        return self.neuron_values[-1]

    def Train(self, X, labels, right):
        for i in range(len(X)):
            self.ForwardFeed(X[i])
            if right:
                expect_value = labels[i]
            else:
                expect_value = labels[i] - 1
            self.BackPropagation(expect_value)

    def BackPropagation(self, expect_index):
        for layer_in in range(self.number_of_layers - 1, 0, -1):
            for neuron_in in range(len(self.delta_weight[layer_in])):
                error = 0.0
                if layer_in == self.number_of_layers - 1:
                    error = self.CalculateOutputLayerError(neuron_in, expect_index)
                else:
                    for neuron_right in range(len(self.delta_weight[layer_in + 1])):
                        error += (
                            self.delta_weight[layer_in + 1][neuron_right]
                            * self.weights[layer_in + 1][neuron_right, neuron_in]
                        )
                delta = error * self.activation_function.Derivative(self.neuron_values[layer_in][neuron_in])
                self.delta_weight[layer_in][neuron_in] = delta
                self.UpdateWeights(layer_in, neuron_in, delta)

    def CalculateOutputLayerError(self, neuron_in, expect_in):
        if expect_in == neuron_in:
            return self.neuron_values[-1][neuron_in] - 1.0
        return self.neuron_values[-1][neuron_in] - 0.0

    def UpdateWeights(self, layer_in, neuron_in, delta):
        """Adds up what the author takes off the weights at once, without the rate."""
        for weight_in in range(self.weights[layer_in].shape[1]):
            self.sums[layer_in][neuron_in, weight_in] += self.neuron_values[layer_in - 1][weight_in] * delta


def cost(params, X, Y):
    perceptron = MatrixPerceptron(params)
    return 0.5 * sum(np.sum((perceptron.ForwardFeed(x) - np.eye(SIZES[-1])[c]) ** 2) for x, c in zip(X, Y))


def gradients(params, X, Y, right):
    perceptron = MatrixPerceptron(params)
    perceptron.Train(X, Y, right)
    return perceptron.sums[1:]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
