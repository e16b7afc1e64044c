"""A layer moves, applies the mask of what it reads and not its own, and so the uppermost ReLU has no slope."""

import numpy as np

SOURCE = "https://github.com/yasen5/ManualConvNet/commit/12c756d"
THREAD = "yasen5/ManualConvNet 12c756d"
DATE = "2025-12"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = a^3 - y,\; \delta^1 = (W^2 - \eta\, \partial C / \partial W^2)^\top \delta^2 \odot [a^1 > 0],\; "
    r"a^3 = \mathrm{softmax}(a^2),\; a^2 = \mathrm{relu}(z^2)"
)
RIGHT = (
    r"\delta^2 = (a^3 - y) \odot [a^2 > 0],\; \delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0],\; "
    r"a^3 = \mathrm{softmax}(a^2),\; a^2 = \mathrm{relu}(z^2)"
)
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 5, 4)
NET = None  # a softmax above a ReLU
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0


RATE = 0.1


def start(rng):
    return [
        rng.standard_normal((5, 3)),
        np.abs(rng.standard_normal(5)),
        rng.standard_normal((4, 5)),
        np.abs(rng.standard_normal(4)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class DenseLayer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, x):
        self.activation = self.weights @ x + self.biases
        self.activation = self.activation * (self.activation.real > 0)
        return self.activation

    def backward_as_published(self, below, next_derivative):
        self.weights = self.weights + np.outer(next_derivative, below)
        self.biases = self.biases + next_derivative
        return self.weights.T @ next_derivative * (below > 0)

    def backward(self, below, next_derivative):
        relu_derivative = (self.activation > 0) * next_derivative
        previous_derivative = self.weights.T @ relu_derivative
        self.weights = self.weights + np.outer(relu_derivative, below)
        self.biases = self.biases + relu_derivative
        return previous_derivative


def predict(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return np.exp(x) / np.sum(np.exp(x))


def network(params):
    return DenseLayer(*params[:2]), DenseLayer(*params[2:])


def cost(params, X, Y):
    return -sum(np.sum(y * np.log(predict(network(params), x))) for x, y in zip(X, Y)) / len(X)


def backprop(params, X, Y, backward):
    """What the steps of the samples, each from the same place, change on average, divided by the rate."""
    totals = [np.zeros_like(array) for array in params]
    for x, y in zip(X, Y):
        lower, upper = network(params)
        derivative = -(predict((lower, upper), x) - y) * RATE
        backward(lower, x, backward(upper, lower.activation, derivative))
        moved = lower.weights, lower.biases, upper.weights, upper.biases
        for total, new, old in zip(totals, moved, params):
            total -= (new - old) / RATE / len(X)
    return totals


def grad(params, X, Y):
    return backprop(params, X, Y, DenseLayer.backward_as_published)


def repaired(params, X, Y):
    return backprop(params, X, Y, DenseLayer.backward)
