"""What a squared error sends back is twice the loss, and not twice the error."""

import numpy as np

SOURCE = "https://github.com/pettod/backpropagation/commit/4f63f3d"
THREAD = "pettod/backpropagation 4f63f3d"
DATE = "2023-09"
KIND = "gradient"
FORMULA = r"\delta^1 = 2\, (y - a^1)^2"
RIGHT = r"\delta^1 = -2\, (y - a^1)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 1), output="identity", loss="mse")  # no biases
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


class Neuron:
    def __init__(self, weights):
        self.weights, self.grad, self.weights_grad = weights, 0.0, np.zeros(len(weights))

    def __call__(self, inputs):
        self.input = inputs
        return np.sum(self.weights * inputs)


class MSELoss:
    def __call__(self, y_pred, y_true):
        self.input, self.y_true = y_pred, y_true
        self.loss = np.sum((y_true - y_pred) ** 2)
        return self.loss

    def backward_of_the_loss(self):
        return 2 * self.loss

    def backward(self):
        return np.sum(-2 * (self.y_true - self.input))


def cost(params, X, Y):
    neuron, loss = Neuron(params[0]), MSELoss()
    return sum(loss(neuron(x), y) for x, y in zip(X, Y)) / len(X)


def train(params, X, Y, sent):
    total = np.zeros_like(params[0])
    for x, y in zip(X, Y):
        neuron, loss = Neuron(params[0]), MSELoss()
        loss(neuron(x), y)
        neuron.grad += sent(loss)
        neuron.weights_grad += neuron.input * neuron.grad
        total += neuron.weights_grad / len(X)
    return [total]


def grad(params, X, Y):
    return train(params, X, Y, MSELoss.backward_of_the_loss)


def repaired(params, X, Y):
    return train(params, X, Y, MSELoss.backward)
