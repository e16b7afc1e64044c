"""The way back begins at the first layer, which is given the gradient of the loss, and goes up from there."""

import numpy as np

SOURCE = "https://github.com/aaronp64/neural-network-library/commit/6a2b0c1"
THREAD = "aaronp64/neural-network-library 6a2b0c1"
DATE = "2026-03"
KIND = "gradient"
FORMULA = r"\delta^1 = g \odot [z^1 > 0],\; \delta^2 = (W^1)^\top \delta^1,\; g = 2\, (a^2 - y)"
RIGHT = r"\delta^2 = g,\; \delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0],\; g = 2\, (a^2 - y)"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
SIZE = 3
NET = None  # a sum of squares for each sample
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """All layers are of one size, without which the shapes would not fit."""
    return [(rng.standard_normal((SIZE, SIZE)), rng.standard_normal((1, SIZE))) for _ in range(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZE)), rng.standard_normal((SAMPLES, SIZE))


class ReLU:
    def apply(self, values):
        return values * (values.real > 0)

    def derivative(self, values):
        return (values > 0).astype(float)


class Linear:
    def apply(self, values):
        return values

    def derivative(self, values):
        return np.ones_like(values)


class DenseLayer:
    def __init__(self, weights, biases, activation_function):
        self.weights, self.biases, self.activation_function = weights, biases, activation_function

    def forward_pass(self, input_data):
        self.input = input_data
        self.pre_output = self.input @ self.weights + self.biases
        return self.activation_function.apply(self.pre_output)

    def backward_pass(self, output_gradient):
        chain_gradient = output_gradient * self.activation_function.derivative(self.pre_output)
        input_gradient = chain_gradient @ self.weights.T
        self.gradients = self.input.T @ chain_gradient, chain_gradient.sum(0, keepdims=True)
        return input_gradient


class MeanSquaredError:
    def apply(self, actual, predicted):
        batch_totals = np.sum((predicted - actual) ** 2, axis=1)
        return np.mean(batch_totals)

    def derivative(self, actual, predicted):
        return (2 / actual.shape[0]) * (predicted - actual)


def predict(params, X):
    layers = [DenseLayer(*block, function) for block, function in zip(params, [ReLU(), Linear()])]
    for layer in layers:
        X = layer.forward_pass(X)
    return layers, X


def cost(params, X, Y):
    return MeanSquaredError().apply(Y, predict(params, X)[1])


def train(params, X, Y, right):
    layers, output = predict(params, X)
    gradient = MeanSquaredError().derivative(Y, output)
    for layer in reversed(layers) if right else layers:
        gradient = layer.backward_pass(gradient)
    return [layer.gradients for layer in layers]


def grad(params, X, Y):
    return train(params, X, Y, right=False)


def repaired(params, X, Y):
    return train(params, X, Y, right=True)
