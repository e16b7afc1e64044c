"""The gradients are collected from the top down, and dealt out to the layers from the bottom up."""

import numpy as np

SOURCE = "https://github.com/adomanska/multilayer-perceptron/commit/9887205"
THREAD = "adomanska/multilayer-perceptron 9887205"
DATE = "2019-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \delta^{L+1-l} (a^{L-l})^\top,\; \partial C / \partial b^l = \delta^{L+1-l}"
RIGHT = r"\partial C / \partial W^l = \delta^l (a^{l-1})^\top,\; \partial C / \partial b^l = \delta^l"
READ = "code"
GROUP = "blocks"
LAYER = [1, 3]
NAMES = [{"order"}]
SIZES = (2, 2, 2, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """As many inputs and units in each layer, as in the author's first network."""
    return [[rng.standard_normal((2, 2)), rng.standard_normal(2)] for _ in SIZES[1:]]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


class Layer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def activate(self, inputs):
        self.last_input, self.last_z = inputs, self.weights @ inputs + self.biases
        self.last_activation = sigmoid(self.last_z)
        return self.last_activation

    def derivative(self):
        return sigmoid(self.last_z) * (1 - sigmoid(self.last_z))


class HiddenLayer(Layer):
    def backward_pass(self, y, delta, next_weights):
        delta = next_weights.T @ delta * self.derivative()
        return delta, np.outer(delta, self.last_input)


class OutputLayer(Layer):
    def backward_pass(self, y, delta, next_weights):
        delta = (self.last_activation - y) * self.derivative()
        return delta, np.outer(delta, self.last_input)


def network(params):
    *hidden, output = params
    return [HiddenLayer(*layer) for layer in hidden] + [OutputLayer(*output)]


def feed_forward(layers, x):
    for layer in layers:
        x = layer.activate(x)
    return x


def cost(params, X, Y):
    layers = network(params)
    return 0.5 * sum(np.sum((feed_forward(layers, x) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def backprop(layers, x, y):
    feed_forward(layers, x)
    delta, nabla_b, nabla_w = None, [], []
    for i in range(1, len(layers) + 1):
        delta, nw = layers[-i].backward_pass(y, delta, layers[-i + 1].weights)
        nabla_b.append(delta)
        nabla_w.append(nw)
    return nabla_b, nabla_w


def update_mini_batch(params, X, Y, right):
    layers = network(params)
    totals = [[np.zeros_like(weights), np.zeros_like(biases)] for weights, biases in params]
    for x, y in zip(X, Y):
        nabla_b, nabla_w = backprop(layers, x, y)
        if right:
            nabla_b.reverse()
            nabla_w.reverse()
        for total, nb, nw in zip(totals, nabla_b, nabla_w):
            total[0] += nw / len(X)
            total[1] += nb / len(X)
    return totals


def grad(params, X, Y):
    return update_mini_batch(params, X, Y, right=False)


def repaired(params, X, Y):
    return update_mini_batch(params, X, Y, right=True)
