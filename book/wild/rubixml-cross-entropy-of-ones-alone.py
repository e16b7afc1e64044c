"""A binary output layer's cross entropy counts the samples of class 1 only, and those of class 0 cost nothing."""

import numpy as np

SOURCE = "https://github.com/RubixML/ML/pull/424"
THREAD = "RubixML/ML #424, ba98620c2"
DATE = "2026-08"
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum_i y_i \ln a_i"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \bigl(y_i \ln a_i + (1 - y_i) \ln (1 - a_i)\bigr)"
READ = "code"
LAYER = [2]
NAMES = [{"another-cost"}]
NET = dict(sizes=(3, 4, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0
EPSILON = 1e-8


def start(rng):
    """The weights and biases of the dense layers."""
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((1, 4)),
        rng.standard_normal((1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.array([[0.0, 1.0] * (SAMPLES // 2)]).T


class CrossEntropy:
    def compute(self, output, target):
        entropy = np.log(np.maximum(output, EPSILON))
        return np.mean(np.mean(-target * entropy, axis=1))

    def derivative(self, output, target):
        """That of compute, with respect to the output."""
        return -target / output


class CrossEntropyLater(CrossEntropy):
    def compute(self, output, target):
        output = np.clip(output, EPSILON, 1.0 - EPSILON)
        ones = np.ones(output.shape)
        entropy = np.log(output) * target + np.log(ones - output) * (ones - target)
        return np.mean(np.mean(-entropy, axis=1))


class Dense:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, input):
        self.input = input
        return self.weights @ input + self.biases

    def back(self, dOut):
        self.dW, self.dB = dOut @ self.input.T, dOut.sum(1, keepdims=True)
        return self.weights.T @ dOut


class Activation:
    def forward(self, input):
        self.output = np.tanh(input)
        return self.output

    def back(self, dOut):
        return dOut * (1.0 - self.output**2)


class Binary:
    """The output layer: a sigmoid, and the cost function."""

    def __init__(self, costFn):
        self.costFn = costFn

    def forward(self, input):
        self.output = 1.0 / (1.0 + np.exp(-input))
        return self.output

    def loss(self, expected):
        return self.costFn.compute(self.output, expected)

    def gradient(self, expected):
        return (self.output - expected) / self.output.shape[1]

    def gradient_of_compute(self, expected):
        d = self.costFn.derivative(self.output, expected) / self.output.shape[1]
        return self.output * (1.0 - self.output) * d


def network(params, X, costFn):
    W1, b1, W2, b2 = params
    layers = [Dense(W1, b1), Activation(), Dense(W2, b2), Binary(costFn)]
    input = X.T
    for layer in layers:
        input = layer.forward(input)
    return layers


def cost(params, X, Y):
    return network(params, X, CrossEntropy())[-1].loss(Y.T)


def meant(params, X, Y):
    return network(params, X, CrossEntropyLater())[-1].loss(Y.T)


def back(layers, gradient):
    for layer in reversed(layers[:-1]):
        gradient = layer.back(gradient)
    return [layers[0].dW, layers[0].dB, layers[2].dW, layers[2].dB]


def grad(params, X, Y):
    layers = network(params, X, CrossEntropy())
    return back(layers, layers[-1].gradient(Y.T))


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    layers = network(params, X, CrossEntropy())
    return back(layers, layers[-1].gradient_of_compute(Y.T))
