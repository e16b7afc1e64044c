"""The layers subtract their gradients, but are handed the target minus the output."""

import numpy as np

SOURCE = "https://github.com/ahmedesmailmehanna/Neural-Network-Cpp/commit/2a397c5"
THREAD = "ahmedesmailmehanna/Neural-Network-Cpp 2a397c5"
DATE = "2025-04"
KIND = "gradient"
FORMULA = r"\delta_{out} = t - a,\; W \leftarrow W - \eta\, x^\top \delta"
RIGHT = r"\delta_{out} = a - t"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


class ReLUFunction:
    def activate(self, x):
        return np.where(x.real > 0, x, 0)

    def derivative(self, x):
        return np.where(x > 0, 1.0, 0.0)


class SoftmaxFunction:
    def activate(self, input):
        return np.exp(input) / np.exp(input).sum(axis=1, keepdims=True)


class DenseLayer:
    def __init__(self, weights, biases, activation, isOutputLayer=False):
        self.weights, self.biases = weights, biases
        self.activation, self.isOutputLayer = activation, isOutputLayer

    def forward(self, input):
        self.input = input
        self.output = self.activation.activate((input @ self.weights) + self.biases)

    def backward(self, d_output):
        if self.isOutputLayer:
            delta = d_output
        else:
            d_activation = self.activation.derivative(self.output)
            delta = d_output * d_activation
        # the author subtracts these two, times the rate
        self.d_weights = self.input.T @ delta
        self.d_biases = delta.sum(axis=0, keepdims=True)
        d_input = delta @ self.weights.T
        return d_input


class NeuralNetwork:
    def __init__(self, params):
        self.layers = [DenseLayer(*params[:2], ReLUFunction()), DenseLayer(*params[2:], SoftmaxFunction(), True)]

    def forward(self, input):
        for layer in self.layers:
            layer.forward(input)
            input = layer.output
        return input

    def train(self, input, target, right):
        output = self.forward(input)
        error = output - target if right else target - output
        d_input = error
        for layer in reversed(self.layers):
            d_input = layer.backward(d_input)


def start(rng):
    return [
        *(rng.standard_normal((3, 4)), rng.standard_normal((1, 4))),
        *(rng.standard_normal((4, 3)), rng.standard_normal((1, 3))),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 1, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)][:, None]


def cost(params, X, Y):
    return -sum(np.sum(y * np.log(NeuralNetwork(params).forward(x))) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    """The author trains on one picture at a time."""
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        network = NeuralNetwork(params)
        network.train(x, y, right)
        for i, layer in enumerate(network.layers):
            total[2 * i] += layer.d_weights
            total[2 * i + 1] += layer.d_biases
    return [t / len(X) for t in total]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
