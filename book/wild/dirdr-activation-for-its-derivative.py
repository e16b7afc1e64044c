"""The activation layer goes down with the function for its derivative, and the loss with its arguments exchanged."""

import numpy as np

SOURCE = "https://github.com/dirdr/neural_network_from_scratch/commit/8facba5"
THREAD = "dirdr/neural_network_from_scratch 14d4685, 8facba5"
DATE = "2024-05"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^2 = 2 (y - a^2),\; \delta^1 = \tanh(z^1) \odot W^{2\,T} \delta^2"
RIGHT = r"\delta^2 = 2 (a^2 - y),\; \delta^1 = (1 - \tanh^2 z^1) \odot W^{2\,T} \delta^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"activation-for-slope", "sign"}]
NET = dict(sizes=(2, 5, 1), hidden="tanh", output="identity", loss="mse")  # of the author's losses, mse
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((5, 2)),
        rng.standard_normal((5, 1)),
        rng.standard_normal((1, 5)),
        rng.standard_normal((1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 1))


class CostFunction:
    def cost(self, output, observed):
        diff = output - observed
        return (diff**2).sum() / output.size

    def cost_output_gradient(self, output, observed):
        return 2 * (output - observed) / output.size


class DenseLayer:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def feed_forward(self, input):
        self.input = input
        return self.weights @ input + self.bias

    def propagate_backward(self, output_gradient):
        """The author takes both from the parameters here, times a rate."""
        self.weights_gradient = output_gradient @ self.input.T
        input_gradient = self.weights.T @ output_gradient
        self.bias_gradient = output_gradient
        return input_gradient


class ActivationType:
    def apply(self, x):
        return np.tanh(x)

    def apply_derivative(self, x):
        return 1 - np.tanh(x) ** 2

    def map_vector(self, input, fn_type):
        if fn_type == "Original":
            return self.apply(input)
        elif fn_type == "Derivative":
            return self.apply_derivative(input)


class ActivationLayer:
    def __init__(self, activation_type, right):
        self.activation_type, self.right = activation_type, right

    def feed_forward(self, input):
        self.input = input
        return self.activation_type.map_vector(input, "Original")

    def propagate_backward(self, output_gradient):
        if self.right:
            return output_gradient * self.activation_type.apply_derivative(self.input)
        return output_gradient * self.activation_type.map_vector(self.input, "Original")


class NeuralNetwork:
    def __init__(self, params, right=False):
        W1, b1, W2, b2 = params
        self.right = right
        self.layers = [DenseLayer(W1, b1), ActivationLayer(ActivationType(), right), DenseLayer(W2, b2)]
        self.cost_function = CostFunction()

    def predict(self, input):
        output = input
        for layer in self.layers:
            output = layer.feed_forward(output)
        return output

    def train(self, x_train, y_train):
        """The author's samples step side by side; this is the mean of their gradients."""
        total = [0, 0, 0, 0]
        for x, y in zip(x_train, y_train):
            output = self.predict(x[:, None])
            y = y[:, None]
            if self.right:
                grad = self.cost_function.cost_output_gradient(output, y)
            else:
                grad = self.cost_function.cost_output_gradient(y, output)
            for layer in reversed(self.layers):
                grad = layer.propagate_backward(grad)
            for k, layer in enumerate((self.layers[0], self.layers[2])):
                total[2 * k] += layer.weights_gradient / len(x_train)
                total[2 * k + 1] += layer.bias_gradient / len(x_train)
        return total


def cost(params, X, Y):
    net = NeuralNetwork(params)
    error = sum(net.cost_function.cost(net.predict(x[:, None]), y[:, None]) for x, y in zip(X, Y))
    return error / len(X)


def grad(params, X, Y):
    return NeuralNetwork(params).train(X, Y)


def repaired(params, X, Y):
    return NeuralNetwork(params, right=True).train(X, Y)
