"""The derivative of a linear layer returns what it is given, which is the output of the layer."""

import numpy as np

SOURCE = "https://github.com/dabakovich/neural_network_playground/commit/c12614c"
THREAD = "dabakovich/neural_network_playground c12614c"
DATE = "2025-12"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot a^1,\; a^1 = z^1"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2,\; a^1 = z^1"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"activation-for-slope"}]
NET = dict(sizes=(2, 3, 1), hidden="identity", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [
        (rng.standard_normal((3, 2)), rng.standard_normal(3)),
        (rng.standard_normal((1, 3)), rng.standard_normal(1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def activate(signal, activator):
    if activator == "linear":
        return signal
    return 1 / (1 + np.exp(-signal))


def derivate_as_published(calculated, activator):
    if activator == "linear":
        return calculated
    return calculated * (1 - calculated)


def derivate(calculated, activator):
    if activator == "linear":
        return np.ones_like(calculated)
    return calculated * (1 - calculated)


class Layer:
    def __init__(self, weights, biases, activator):
        self.weights, self.biases, self.activator = weights, biases, activator

    def forward(self, x):
        self.input = x
        self.calculated_layer = activate(self.weights @ x + self.biases, self.activator)
        return self.calculated_layer

    def backward(self, gradient, derivate):
        d_loss_d_n = gradient * derivate(self.calculated_layer, self.activator)
        d_loss_d_w = d_loss_d_n[:, np.newaxis] @ self.input[np.newaxis, :]
        return d_loss_d_w, d_loss_d_n, d_loss_d_n @ self.weights


def layers_of(params):
    return [Layer(*own, activator) for own, activator in zip(params, ("linear", "sigmoid"))]


def forward(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return x


def cost(params, X, Y):
    predicted = np.array([forward(layers_of(params), x) for x in X])
    return -np.sum(Y * np.log(predicted) + (1 - Y) * np.log(1 - predicted)) / len(X)


def train_batch(params, X, Y, derivate):
    layers, totals = layers_of(params), [[np.zeros_like(array) for array in own] for own in params]
    for x, actual in zip(X, Y):
        predicted = forward(layers, x)
        gradient = -actual / predicted + (1 - actual) / (1 - predicted)
        for layer, total in zip(reversed(layers), reversed(totals)):
            weights, biases, gradient = layer.backward(gradient, derivate)
            total[0] += weights / len(X)
            total[1] += biases / len(X)
    return [tuple(total) for total in totals]


def grad(params, X, Y):
    return train_batch(params, X, Y, derivate_as_published)


def repaired(params, X, Y):
    return train_batch(params, X, Y, derivate)
