"""The biases of a layer get the derivative of the loss without the slope of the sigmoid that the weights' share has."""

import numpy as np

SOURCE = "https://github.com/8coolguy/distributed-backpropagation/commit/4ea45ac"
THREAD = "8coolguy/distributed-backpropagation 4ea45ac"
DATE = "2024-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = 2 (a - y)"
RIGHT = r"\partial C / \partial b = 2 (a - y) \odot \sigma'(z)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"output-slope-forgotten"}, {"formula"}]
NET = dict(sizes=(4, 1), hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A single layer, as in the author's test, since what it hands to one below is not right to this day."""
    return [rng.standard_normal((1, 4)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.uniform(0.1, 0.9, (SAMPLES, 1))


class SE:
    def evaluate(self, actual, predicted):
        error = actual - predicted
        return error * error

    def derivative(self, actual, predicted):
        return 2 * (predicted - actual)


class Sigmoid:
    def evaluate(self, x):
        exp = np.exp(-x) + 1
        return 1 / exp

    def derivative(self, x):
        sigmoid = self.evaluate(x)
        return sigmoid * (1 - sigmoid)


class Layer:
    """Steps are gathered instead of taken."""

    def __init__(self, weights, bias, activation_function, right=False):
        self.output_dim, self.input_dim = weights.shape
        self._weights, self._bias = weights.ravel(), bias
        self._activation_function, self.right = activation_function, right
        kind = np.result_type(weights, bias)
        self._intermediate, self._outputs = (np.zeros(self.output_dim, kind), np.zeros(self.output_dim, kind))
        self.weights_step, self.bias_step = (np.zeros(weights.size, kind), np.zeros(bias.size, kind))

    def forward(self, inputs):
        for row in range(self.output_dim):
            self._intermediate[row] = self._bias[row]
            for col in range(self.input_dim):
                index = row * self.input_dim + col
                self._intermediate[row] += self._weights[index] * inputs[col]
            self._outputs[row] = self._activation_function.evaluate(self._intermediate[row])

    def backward(self, actual_outputs, activations, f, learning_rate):
        output_derivatives, intermediate_gradient = (np.zeros(self.output_dim), np.zeros(self.output_dim))
        for row in range(self.output_dim):
            output_derivatives[row] = f.derivative(actual_outputs[row], self._outputs[row])
            intermediate_gradient[row] = self._activation_function.derivative(self._intermediate[row])
            for col in range(self.input_dim):
                index = row * self.input_dim + col
                self.weights_step[index] -= (
                    learning_rate * activations[col] * output_derivatives[row] * intermediate_gradient[row]
                )
            if self.right:
                self.bias_step[row] -= learning_rate * output_derivatives[row] * intermediate_gradient[row]
            else:
                self.bias_step[row] -= learning_rate * output_derivatives[row]


def cost(params, X, Y):
    layer, total = Layer(*params, Sigmoid()), 0.0
    for x, y in zip(X, Y):
        layer.forward(x)
        total += sum(SE().evaluate(y[i], layer._outputs[i]) for i in range(len(y)))
    return total / len(X)


def gradients(params, X, Y, right):
    """The author steps after each sample."""
    layer = Layer(*params, Sigmoid(), right)
    for x, y in zip(X, Y):
        layer.forward(x)
        layer.backward(y, x, SE(), 1 / len(X))
    return [-layer.weights_step.reshape(params[0].shape), -layer.bias_step]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
