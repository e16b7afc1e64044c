"""A hidden delta comes through the weights of its own layer, and each layer's weights share one dot product."""

import numpy as np

SOURCE = "https://github.com/adomanska/multilayer-perceptron/commit/0537edb"
THREAD = "adomanska/multilayer-perceptron 0537edb"
DATE = "2019-10"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = \sigma'(z^1) \odot (W^1)^\top \delta^2,\; "
    r"\partial C / \partial W^l_{jk} = \delta^l \cdot a^{l-1}\ \text{for all}\ j, k"
)
RIGHT = (
    r"\delta^1 = \sigma'(z^1) \odot (W^2)^\top \delta^2,\; "
    r"\partial C / \partial W^l_{jk} = \delta^l_j\, a^{l-1}_k"
)
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(2, 2, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "hidden": {"weights": rng.standard_normal((2, 2)), "biases": rng.standard_normal(2)},
        "output": {"weights": rng.standard_normal((2, 2)), "biases": rng.standard_normal(2)},
    }


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

    def nabla_w(self, delta, right):
        return np.outer(delta, self.last_input) if right else np.dot(delta, self.last_input.transpose())


class HiddenLayer(Layer):
    def backward_pass(self, delta, next_weights, right):
        weights = next_weights if right else self.weights
        delta = np.dot(weights.transpose(), delta) * self.derivative()
        return delta, self.nabla_w(delta, right)


class OutputLayer(Layer):
    def backward_pass(self, y, right):
        delta = (self.last_activation - y) * self.derivative()
        return delta, self.nabla_w(delta, right)


def network(params):
    return HiddenLayer(**params["hidden"]), OutputLayer(**params["output"])


def cost(params, X, Y):
    hidden, output = network(params)
    return 0.5 * sum(np.sum((output.activate(hidden.activate(x)) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def mini_batch(params, X, Y, right):
    nabla = {name: {key: np.zeros_like(array) for key, array in layer.items()} for name, layer in params.items()}
    hidden, output = network(params)
    for x, y in zip(X, Y):
        output.activate(hidden.activate(x))
        delta, upper = output.backward_pass(y, right)
        below, lower = hidden.backward_pass(delta, output.weights, right)
        for name, nb, nw in (("output", delta, upper), ("hidden", below, lower)):
            nabla[name]["weights"] += nw / len(X)
            nabla[name]["biases"] += nb / len(X)
    return nabla


def grad(params, X, Y):
    return mini_batch(params, X, Y, right=False)


def repaired(params, X, Y):
    return mini_batch(params, X, Y, right=True)
