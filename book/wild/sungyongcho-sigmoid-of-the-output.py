"""The slope of each layer takes the sigmoid of an output that has been through the sigmoid."""

import numpy as np

SOURCE = "https://github.com/sungyongcho/multilayer-perceptron/commit/68f7389"
THREAD = "sungyongcho/multilayer-perceptron 68f7389"
DATE = "2023-08"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \sigma(a^l) \bigl(1 - \sigma(a^l)\bigr)"
RIGHT = r"\delta^l = (\cdot) \odot a^l (1 - a^l)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2, 3]
NAMES = [{"slope-of-a-throughout"}]
SHAPES = (4, 3, 3, 2)
NET = dict(sizes=SHAPES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    weights = [rng.standard_normal((n, k)) for n, k in zip(SHAPES, SHAPES[1:])]
    return weights, [rng.standard_normal((k, 1)) for k in SHAPES[1:]]


def data(rng):
    return rng.standard_normal((SAMPLES, SHAPES[0])), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class NeuralNetwork:
    def __init__(self, weights, biases):
        self.weights, self.biases, self.outputs = weights, biases, [None] * len(weights)

    def feedforward(self, column):
        self.data = column
        for i in range(len(self.weights)):
            previous = self.data if i == 0 else self.outputs[i - 1]
            weighted_sum = np.dot(previous.T, self.weights[i]) + self.biases[i].T
            self.outputs[i] = sigmoid(weighted_sum).T
        return self.outputs[-1]

    def backpropagation(self, output_gradient, right):
        weights, biases = [None] * len(self.weights), [None] * len(self.weights)
        for i in range(len(self.weights) - 1, -1, -1):
            output = self.outputs[i] if right else sigmoid(self.outputs[i])
            activation_gradient = output * (1 - output)
            biases[i] = output_gradient * activation_gradient
            below = self.outputs[i - 1] if i > 0 else self.data
            weights[i] = np.dot(output_gradient * activation_gradient, below.T).T
            output_gradient = np.dot(self.weights[i], output_gradient * activation_gradient)
        return weights, biases


def cost(params, X, Y):
    network, total = NeuralNetwork(*params), 0
    for x, y in zip(X, Y):
        y_pred, y = network.feedforward(x[:, None]), y[:, None]
        total = total - np.sum(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred))
    return total / len(X)


def binary_crossentropy_deriv(y, y_pred):
    return -(y / y_pred - (1 - y) / (1 - y_pred))


def fit(params, X, Y, right):
    network = NeuralNetwork(*params)
    totals = tuple([np.zeros_like(array) for array in arrays] for arrays in params)
    for x, y in zip(X, Y):
        y_pred = network.feedforward(x[:, None])
        found = network.backpropagation(binary_crossentropy_deriv(y[:, None], y_pred), right)
        for arrays, new in zip(totals, found):
            for total, array in zip(arrays, new):
                total += array / len(X)
    return totals


def grad(params, X, Y):
    return fit(params, X, Y, right=False)


def repaired(params, X, Y):
    return fit(params, X, Y, right=True)
