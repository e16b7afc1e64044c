"""The error at the output is target minus output, and is multiplied by the sigmoid's slope under the cross-entropy."""

import numpy as np

SOURCE = "https://github.com/elislibrand/deep-learning-framework/commit/c69b647"
THREAD = "elislibrand/deep-learning-framework c69b647"
DATE = "2020-07"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^L = (a^L - y) \odot a^L \odot (1 - a^L)"
RIGHT = r"\delta^L = a^L - y"
READ = "code"
LAYER = [3]
NAMES = [{"output-slope-twice"}, {"another-cost"}]
NET = dict(sizes=(3, 3, 3, 1), hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Weights (inputs in rows) and biases of each layer."""
    return [
        rng.uniform(0.2, 0.9, (3, 3)) * rng.choice([1, 1, -1], (3, 3)),
        rng.uniform(0.1, 0.4, (1, 3)),
        rng.uniform(0.2, 0.9, (3, 3)) * rng.choice([1, 1, -1], (3, 3)),
        rng.uniform(0.1, 0.4, (1, 3)),
        rng.standard_normal((3, 1)),
        rng.uniform(-0.4, 0.4, (1, 1)),
    ]


def data(rng):
    """Colours, and whether they are of the one class."""
    return rng.uniform(0.0, 1.0, (SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class Sigmoid:
    @staticmethod
    def activate(z):
        return 1 / (1 + np.exp(-z))

    @staticmethod
    def differentiate(z):
        return z * (1 - z)


class ReLU:
    @staticmethod
    def activate(z):
        return z * (z.real > 0)

    @staticmethod
    def differentiate(z):
        return 1 * (z > 0)


class Dense:
    def __init__(self, weights, biases, activation):
        self.weights, self.biases, self.activation = weights, biases, activation

    def activate(self, inputs):
        self.inputs = inputs
        self.outputs = self.activation.activate(self.inputs @ self.weights + self.biases)
        return self.outputs

    def differentiate(self, inputs):
        return self.activation.differentiate(inputs)


class BinaryCrossEntropy:
    @staticmethod
    def calculate(targets, outputs):
        return -np.mean(targets * np.log(outputs) + (1 - targets) * np.log(1 - outputs))

    @staticmethod
    def differentiate(targets, outputs):
        return -(targets / outputs) + (1 - targets) / (1 - outputs)


class Sequential:
    def __init__(self, params):
        activations = [ReLU(), ReLU(), Sigmoid()]
        self.layers = [Dense(params[2 * i], params[2 * i + 1], activations[i]) for i in range(3)]

    def forward(self, inputs):
        X = inputs
        for layer in self.layers:
            X = layer.activate(X)
        return X

    def error(self, targets, outputs):
        return targets - outputs

    def backward(self, targets, outputs):
        for i in reversed(range(len(self.layers))):
            layer = self.layers[i]
            if layer == self.layers[-1]:
                layer.errors = self.error(targets, outputs)
            else:
                next_layer = self.layers[i + 1]
                layer.errors = next_layer.deltas @ next_layer.weights.T
            layer.deltas = layer.errors * layer.differentiate(layer.outputs)
            layer.gradients = layer.inputs.T @ layer.deltas


class SequentialLater(Sequential):
    """The optimiser subtracts from here on, so the sign is turned back for it."""

    def error(self, targets, outputs):
        return -BinaryCrossEntropy.differentiate(targets, outputs)


def cost(params, X, Y):
    """The loss that is printed after each epoch."""
    return BinaryCrossEntropy.calculate(Y, Sequential(params).forward(X))


def gradients(model, X, Y):
    """The optimiser adds the rate times the sums over a batch; here their means, and turned round."""
    model.backward(Y, model.forward(X))
    result = []
    for layer in model.layers:
        result.append(-layer.gradients / len(X))
        result.append(-np.sum(layer.deltas, axis=0, keepdims=True) / len(X))
    return result


def grad(params, X, Y):
    return gradients(Sequential(params), X, Y)


def repaired(params, X, Y):
    return gradients(SequentialLater(params), X, Y)
