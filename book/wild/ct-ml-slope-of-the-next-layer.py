"""The activations are counted from the first hidden layer: its slope is taken from the name of the next one."""

import numpy as np

SOURCE = "https://github.com/CT-ML/NN-from-scratch/commit/84ea730"
THREAD = "CT-ML/NN-from-scratch 84ea730"
DATE = "2025-04"
KIND = "gradient"
FORMULA = (
    r"\delta^l = f_{l+1}'(a^l) \odot W^{l+1\,T} \delta^{l+1},\; "
    r"f_{l+1}'(a) = a (1 - a) \text{ where } f_l'(a) = 1 - a^2 \text{ should stand}"
)
RIGHT = r"\delta^l = f_l'(a^l) \odot W^{l+1\,T} \delta^{l+1},\; f_l'(a) = 1 - a^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}]
NET = None  # the thresholds are the first rows of the weights, for an input of -1, and the squares are summed
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0
SIZES = (3, 4, 2)


def start(rng):
    return [rng.standard_normal((4, 4)), rng.standard_normal((5, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return np.tanh(x)


def sigmoid_grad(y):
    return np.multiply(y, 1 - y)


def tanh_grad(y):
    return np.multiply(1 - np.square(y), 1)


class NeuralNetwork:
    def __init__(self, nb_of_neurons_per_layer, activation_function_array, weights):
        self.nb_of_neurons_per_layer = nb_of_neurons_per_layer
        self.activation_function_array = activation_function_array
        self.nb_of_layers = len(self.nb_of_neurons_per_layer)
        self.weights = weights
        self.internal_activity_vector = []
        self.nonlinear_output_vector = []
        self.local_gradient_vector = []
        for layer in range(self.nb_of_layers):
            currentOut = np.zeros((self.nb_of_neurons_per_layer[layer]), weights[0].dtype)
            currentOut = np.insert(currentOut, 0, -1) if layer != self.nb_of_layers - 1 else currentOut
            self.nonlinear_output_vector.append(currentOut)
            self.internal_activity_vector.append(np.zeros(self.nb_of_neurons_per_layer[layer]))
            self.local_gradient_vector.append(np.zeros(self.nb_of_neurons_per_layer[layer]))
        self.activations = {"sigmoid": sigmoid, "tanh": tanh}
        self.activations_gradient = {"sigmoid": sigmoid_grad, "tanh": tanh_grad}

    def setInputs(self, input_data):
        self.nonlinear_output_vector[0][1:] = input_data

    def forward_calculation(self):
        for layer in range(1, self.nb_of_layers):
            self.internal_activity_vector[layer] = np.dot(
                self.nonlinear_output_vector[layer - 1], self.weights[layer - 1]
            )
            first = 0 if layer == self.nb_of_layers - 1 else 1
            activation = self.activations[self.activation_function_array[layer - 1]]
            self.nonlinear_output_vector[layer][first:] = activation(self.internal_activity_vector[layer])
        self.error_vector = self.dataset_outputs - self.nonlinear_output_vector[self.nb_of_layers - 1]

    def backward_calculation(self, right=False):
        last = self.nb_of_layers - 1
        self.local_gradient_vector[last] = self.error_vector * (
            self.activations_gradient[self.activation_function_array[self.nb_of_layers - 2]](
                self.nonlinear_output_vector[last]
            )
        )
        for layer in range(self.nb_of_layers - 2, 0, -1):
            if right:
                slope = self.activations_gradient[self.activation_function_array[layer - 1]]
            else:
                slope = self.activations_gradient[self.activation_function_array[layer]]
            self.local_gradient_vector[layer] = (slope(self.nonlinear_output_vector[layer][1:])) * np.dot(
                self.weights[layer][1:], self.local_gradient_vector[layer + 1]
            )
        delta_weights = []
        for layer in range(self.nb_of_layers - 1):
            delta_weights.append(np.outer(self.nonlinear_output_vector[layer], self.local_gradient_vector[layer + 1]))
        return delta_weights


def network(params, x, y):
    nn = NeuralNetwork(SIZES, ["tanh", "sigmoid"], params)
    nn.setInputs(x)
    nn.dataset_outputs = y
    nn.forward_calculation()
    return nn


def cost(params, X, Y):
    return 0.5 * sum(np.sum(network(params, x, y).error_vector ** 2) for x, y in zip(X, Y))


def gradients(params, X, Y, right):
    """The author adds the rate times delta_weights after each sample, and a share of the last step."""
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        for t, delta_weights in zip(total, network(params, x, y).backward_calculation(right)):
            t -= delta_weights
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
