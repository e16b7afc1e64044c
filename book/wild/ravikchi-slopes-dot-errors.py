"""A layer multiplies the row of its slopes with the column of its errors, so that all its units share one number."""

import numpy as np

SOURCE = "https://github.com/ravikchi/MultiLayerPerceptron/commit/5e1885d"
THREAD = "ravikchi/MultiLayerPerceptron 5e1885d"
DATE = "2017-04"
KIND = "gradient"
FORMULA = r"\delta^1_j = \sum_k \sigma'(z^1_k)\, \epsilon^1_k\ \text{for all}\ j,\; \epsilon^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^1_j = \sigma'(z^1_j)\, \epsilon^1_j,\; \epsilon^1 = (W^2)^\top \delta^2"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"dot-not-elementwise"}]
NET = dict(sizes=(2, 3, 1), hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        {"weights": rng.standard_normal((3, 2)), "bias": rng.standard_normal((3, 1))},
        {"weights": rng.standard_normal((1, 3)), "bias": rng.standard_normal((1, 1))},
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 1))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


SIGMOID = (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))
LINEAR = (lambda x: x, np.ones_like)


class NNLayer:
    def __init__(self, activation, weights, bias):
        (self.activate, self.derivative), self.weights, self.bias = activation, weights, bias

    def output(self, inputs):
        return self.activate(self.weights @ inputs + self.bias)

    def delta(self, inputs, error, right):
        slopes = self.derivative(self.weights @ inputs + self.bias)
        return slopes * error if right else slopes.T @ error

    def changes(self, inputs, error, right):
        delta, changes = self.delta(inputs, error, right), {}
        delta = np.broadcast_to(delta, self.bias.shape)  # a single number is put into each row
        changes["weights"] = np.array([inputs[:, 0] * row for row in delta])
        changes["bias"] = delta
        return changes


def layers_of(params):
    return NNLayer(SIGMOID, **params[0]), NNLayer(LINEAR, **params[1])


def cost(params, X, Y):
    layer1, layer2 = layers_of(params)
    return 0.5 * np.sum((Y.T - layer2.output(layer1.output(X.T))) ** 2) / len(X)


def epoch(params, X, Y, right):
    """The changes follow the desired output minus the output; both layers are asked before either has moved."""
    totals = [{key: np.zeros_like(array) for key, array in layer.items()} for layer in params]
    layer1, layer2 = layers_of(params)
    for x, y in zip(X, Y):
        x, y = x[:, None], y[:, None]
        hidden = layer1.output(x)
        error = y - layer2.output(hidden)
        upper = layer2.changes(hidden, error, right)
        lower = layer1.changes(x, layer2.weights.T @ layer2.delta(hidden, error, right), right)
        for total, changes in zip(totals, (lower, upper)):
            for key in total:
                total[key] -= changes[key] / len(X)
    return totals


def grad(params, X, Y):
    return epoch(params, X, Y, right=False)


def repaired(params, X, Y):
    return epoch(params, X, Y, right=True)
