"""The slope of the sigmoid is written for its output, and gets the net input."""

import numpy as np

SOURCE = "https://github.com/U-n-Own/AnthoNN-from-scratch/commit/d461f10"
THREAD = "U-n-Own/AnthoNN-from-scratch d461f10"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"\sigma'(z) = z (1 - z)"
RIGHT = r"\sigma'(z) = e^{-z} / (1 + e^{-z})^2"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-formula-of-z"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.uniform(-1, 1, (n, m)), rng.uniform(-1, 1, (1, n)))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.random((SAMPLES, SIZES[-1]))


class SigmoideFunction:
    def output(self, x):
        return 1.0 / (1 + np.exp(-x))

    def derivative(self, x):
        return x * (1.0 - x)


class SigmoideFunctionLater(SigmoideFunction):
    def derivative(self, x):
        return np.exp(-x) / (1.0 + np.exp(-x)) ** 2


class Layer:
    def __init__(self, weights, biases, activation_function):
        self.weights, self.biases = weights, biases
        self.activation_function = activation_function
        self.current_delta_weight = np.zeros(weights.shape)
        self.current_delta_bias = np.zeros(biases.shape)

    def calculate_outputs(self, inputs):
        self.net = inputs @ self.weights.T + self.biases
        self.output = self.activation_function.output(self.net)
        return self.output


class NeuralNetwork:
    def __init__(self, layers):
        self.layers = layers

    def predict(self, inputs):
        for layer in self.layers:
            outputs = layer.calculate_outputs(inputs)
            inputs = outputs
        return inputs

    def train(self, target_inputs, target_outputs):
        for i in range(len(target_inputs)):
            self._backpropagation(target_inputs[i : i + 1], target_outputs[i : i + 1])

    def _backpropagation(self, target_input, target_output):
        delta_error, delta_weight = self._backpropagation_output_layer(target_input, target_output)
        self.layers[-1].current_delta_weight += delta_weight
        self.layers[-1].current_delta_bias += delta_error
        for i in range(len(self.layers) - 2, -1, -1):
            delta_error, delta_weight = self._backpropagation_hidden_layer(i, target_input, delta_error)
            self.layers[i].current_delta_weight += delta_weight
            self.layers[i].current_delta_bias += delta_error

    def _backpropagation_output_layer(self, target_input, target_output):
        outputs = self.predict(target_input)
        output_layer = self.layers[-1]
        output_penultimate_layer = target_input if len(self.layers) == 1 else self.layers[-2].output
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


def network(params, function):
    return NeuralNetwork([Layer(w, b, function) for w, b in zip(params[::2], params[1::2])])


def cost(params, X, Y):
    """The error over all samples, with the half that belongs to its deltas."""
    return 0.5 * np.sum(np.square(Y - network(params, SigmoideFunction()).predict(X)))


def gradients(params, X, Y, function):
    net = network(params, function)
    net.train(X, Y)
    return [-a for layer in net.layers for a in (layer.current_delta_weight, layer.current_delta_bias)]


def grad(params, X, Y):
    return gradients(params, X, Y, SigmoideFunction())


def repaired(params, X, Y):
    return gradients(params, X, Y, SigmoideFunctionLater())
