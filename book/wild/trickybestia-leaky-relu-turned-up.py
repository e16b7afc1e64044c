"""A leaky rectifier has a minus below zero on the way forward, and its slope has none."""

import numpy as np

SOURCE = "https://github.com/trickybestia/mnist-handwritten-digit-recognizer/commit/07f0ee0"
THREAD = "trickybestia/mnist-handwritten-digit-recognizer 07f0ee0"
DATE = "2023-10"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"f(x) = -\alpha x \text{ for } x \le 0,\; f'(x) = \alpha"
RIGHT = r"f(x) = \alpha x \text{ for } x \le 0,\; f'(x) = \alpha"
READ = "code"
LAYER = [1]
NAMES = [{"another-network"}, {"another-cost"}, {"formula"}, {"slope-of-wrong-function"}]
FACTOR = 0.01
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="leaky_relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """One vector for all layers: the weights of each row by row, and its biases behind them."""
    return rng.uniform(-1, 1, sum((m + 1) * n for m, n in zip(SIZES, SIZES[1:])))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Linear:
    def __init__(self, inputs, outputs, parameters, gradient):
        size = inputs * outputs
        self.weights, self.bias = parameters[:size].reshape(outputs, inputs), parameters[size:]
        self.weights_gradient, self.bias_gradient = gradient[:size].reshape(outputs, inputs), gradient[size:]

    def forward(self, input):
        self.input = input
        return self.weights @ self.input + self.bias

    def backward(self, layer_error):
        self.weights_gradient += np.outer(layer_error, self.input)
        self.bias_gradient += layer_error

    def previous_layer_error(self, layer_error):
        return self.weights.T @ layer_error


class LeakyReLU:
    def __init__(self, factor):
        self.factor = factor

    def apply(self, x):
        return np.where(x.real > 0.0, x, -self.factor * x)

    def derivative(self, x):
        return np.where(x.real > 0.0, 1.0, self.factor)

    def derivative_of_apply(self, x):
        """The slope of the function as it was."""
        return np.where(x.real > 0.0, 1.0, -self.factor)

    def forward(self, input):
        self.input = input
        return self.apply(input)

    def backward(self, layer_error):
        pass

    def previous_layer_error(self, layer_error):
        return layer_error * self.derivative(self.input)


class LeakyReLUAsItWas(LeakyReLU):
    def previous_layer_error(self, layer_error):
        return layer_error * self.derivative_of_apply(self.input)


class NeuralNetwork:
    def __init__(self, parameters, activation):
        self.gradient = np.zeros(parameters.shape)
        self.layers, offset = [], 0
        for m, n in zip(SIZES, SIZES[1:]):
            part = slice(offset, offset + (m + 1) * n)
            if self.layers:
                self.layers.append(activation(FACTOR))
            self.layers.append(Linear(m, n, parameters[part], self.gradient[part]))
            offset += (m + 1) * n

    def forward(self, input):
        self.output = input
        for layer in self.layers:
            self.output = layer.forward(self.output)
        return self.output

    def expect(self, expected_output):
        self.expected_output = expected_output
        return np.sum((self.output - self.expected_output) ** 2) / self.output.size

    def backward(self):
        layer_error = 2.0 * (self.output - self.expected_output) / self.output.size
        for layer in self.layers[:0:-1]:
            layer.backward(layer_error)
            layer_error = layer.previous_layer_error(layer_error)
        self.layers[0].backward(layer_error)


def cost(params, X, Y):
    network, error = NeuralNetwork(params, LeakyReLU), 0.0
    for x, y in zip(X, Y):
        network.forward(x)
        error = error + network.expect(y)
    return error


def gradients(params, X, Y, activation):
    network = NeuralNetwork(params, activation)
    for x, y in zip(X, Y):
        network.forward(x)
        network.expect(y)
        network.backward()
    return network.gradient


def grad(params, X, Y):
    return gradients(params, X, Y, LeakyReLU)


def repaired(params, X, Y):
    return gradients(params, X, Y, LeakyReLUAsItWas)
