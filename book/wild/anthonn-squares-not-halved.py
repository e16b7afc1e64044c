"""The total error lacks the half that the deltas have cancelled against the exponent."""

import numpy as np

SOURCE = "https://github.com/U-n-Own/AnthoNN-from-scratch/commit/53dd6ce"
THREAD = "U-n-Own/AnthoNN-from-scratch 53dd6ce"
DATE = "2023-01"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_p \sum_k (t_k - o_k)^2"
RIGHT = r"C = \textstyle\sum_p \tfrac12 \sum_k (t_k - o_k)^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"two-missing"}, {"factor"}]
NET = None  # a network whose biases stay at zero
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Weights stand as (units, inputs)."""
    return [rng.standard_normal((4, 3)), rng.standard_normal((2, 4))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class IdentityFunction:
    def output(self, x):
        return x

    def derivative(self, x):
        return np.ones_like(x)


class Layer:
    def __init__(self, weights, activation_function):
        self.weights = weights
        self.biases = np.zeros((1, len(weights)))
        self.activation_function = activation_function

    def calculate_outputs(self, inputs):
        self.net = inputs @ self.weights.T + self.biases
        self.output = self.activation_function.output(self.net)
        return self.output


class NeuralNetwork:
    def __init__(self, weights):
        self.layers = [Layer(W, IdentityFunction()) for W in weights]

    def predict(self, inputs):
        for layer in self.layers:
            outputs = layer.calculate_outputs(inputs)
            inputs = outputs
        return inputs

    def train(self, target_inputs, target_outputs):
        """The sum of what one epoch adds to the weights, but for the learning rate."""
        totals = [np.zeros_like(layer.weights) for layer in self.layers]
        for target_input, target_output in zip(target_inputs, target_outputs):
            self._backpropagation(target_input[None], target_output[None], totals)
        return totals

    def _backpropagation(self, target_input, target_output, totals):
        delta_error, delta_weight = self._backpropagation_output_layer(target_input, target_output)
        totals[-1] += delta_weight
        for i in range(len(self.layers) - 2, -1, -1):
            delta_error, delta_weight = self._backpropagation_hidden_layer(i, target_input, delta_error)
            totals[i] += delta_weight

    def _backpropagation_output_layer(self, target_input, target_output):
        outputs = self.predict(target_input)
        output_layer = self.layers[-1]
        output_penultimate_layer = self.layers[-2].output
        derivative_vector = output_layer.activation_function.derivative(output_layer.net)
        delta_error = np.multiply(target_output - outputs, derivative_vector)
        delta_weight = np.outer(delta_error, output_penultimate_layer)
        return delta_error, delta_weight

    def _backpropagation_hidden_layer(self, index_layer, target_input, delta_error_next_layer):
        next_layer = self.layers[index_layer + 1]
        current_layer = self.layers[index_layer]
        outputs_previous_layer = target_input if index_layer == 0 else self.layers[index_layer - 1].output
        derivative_vector = current_layer.activation_function.derivative(current_layer.net)
        delta_error = np.multiply(delta_error_next_layer @ next_layer.weights, derivative_vector)
        delta_weight = np.outer(delta_error, outputs_previous_layer)
        return delta_error, delta_weight


def calculate_total_error(target_output, output_nn):
    error_vector = np.sum(np.square(target_output - output_nn), axis=1)
    error_total = np.sum(error_vector)
    return error_total


def calculate_total_error_later(target_output, output_nn):
    error_vector = np.sum(np.square(target_output - output_nn), axis=1) * 0.5
    error_total = np.sum(error_vector)
    return error_total


def cost(params, X, Y):
    return calculate_total_error(Y, NeuralNetwork(params).predict(X))


def meant(params, X, Y):
    return calculate_total_error_later(Y, NeuralNetwork(params).predict(X))


def grad(params, X, Y):
    return [-total for total in NeuralNetwork(params).train(X, Y)]


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    return [-2 * total for total in NeuralNetwork(params).train(X, Y)]
