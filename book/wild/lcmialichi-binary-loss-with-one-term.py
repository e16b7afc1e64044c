"""A binary cross entropy is written as a categorical one, and its term for the targets of 0 is missing."""

import numpy as np

SOURCE = "https://github.com/lcmialichi/neural-network/commit/5f5e7d9"
THREAD = "lcmialichi/neural-network 5f5e7d9"
DATE = "2025-02"
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum_{i k} y_{ik} \ln a_{ik}"
RIGHT = r"C = -\tfrac1m \textstyle\sum_{i k} \bigl(y_{ik} \ln a_{ik} + (1 - y_{ik}) \ln (1 - a_{ik})\bigr)"
READ = "reconstruction"  # the loss and its gradient are the author's; his layers apply the sigmoid's slope to that, too
LAYER = [2]
NAMES = [{"another-cost"}]
NET = dict(sizes=(3, 4, 1), hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The weights and biases of the two layers."""
    return {
        "weights_1": rng.standard_normal((3, 4)),
        "biases_1": rng.standard_normal((1, 4)),
        "weights_2": rng.standard_normal((4, 1)),
        "biases_2": rng.standard_normal((1, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.permutation([0.0, 1.0] * (SAMPLES // 2)).reshape(-1, 1)


class BinaryCrossEntropyLoss:
    def gradient(self, y_pred, y_true):
        return y_pred - y_true

    def loss(self, y_pred, y_true):
        y_pred = np.clip(y_pred, 1e-9, 1 - 1e-9)
        return -np.sum(y_true * np.log(y_pred)) / y_true.shape[0]


class BinaryCrossEntropyLossLater(BinaryCrossEntropyLoss):
    def loss(self, y_pred, y_true):
        y_pred = np.clip(y_pred, 1e-9, 1 - 1e-9)
        return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))


class LossAsItWas(BinaryCrossEntropyLoss):
    def gradient(self, y_pred, y_true):
        return y_true * (y_pred - 1)


class Relu:
    def activate(self, x):
        return np.where(x.real > 0, x, 0)

    def derivate(self, x):
        return (x > 0).astype(float)


class Sigmoid:
    def activate(self, x):
        return 1 / (1 + np.exp(-x))


class Layer:
    def __init__(self, weights, bias, activation):
        self.weights, self.bias, self.activation = weights, bias, activation

    def forward(self, input):
        self.input = input
        self.logits = np.dot(input, self.weights) + self.bias
        return self.activation.activate(self.logits)

    def backward(self, delta):
        if isinstance(self.activation, Relu):
            delta = delta * self.activation.derivate(self.logits)
        self.grad_weight = self.input.T.dot(delta)
        self.grad_bias = np.sum(delta, axis=0, keepdims=True)
        return delta.dot(self.weights.T)


class Dense:
    def __init__(self, params, loss_function):
        self.blocks = [
            Layer(params["weights_1"], params["biases_1"], Relu()),
            Layer(params["weights_2"], params["biases_2"], Sigmoid()),
        ]
        self.loss_function = loss_function

    def forward(self, x):
        output = x
        for block in self.blocks:
            output = block.forward(output)
        return output

    def backward(self, y, output):
        delta = self.loss_function.gradient(output, y) / len(y)
        for i in range(len(self.blocks) - 1, -1, -1):
            delta = self.blocks[i].backward(delta)
        one, two = self.blocks
        return {
            "weights_1": one.grad_weight,
            "biases_1": one.grad_bias,
            "weights_2": two.grad_weight,
            "biases_2": two.grad_bias,
        }


def value(params, X, Y, loss_function):
    return loss_function.loss(Dense(params, loss_function).forward(X), Y)


def gradient(params, X, Y, loss_function):
    dense = Dense(params, loss_function)
    return dense.backward(Y, dense.forward(X))


def cost(params, X, Y):
    return value(params, X, Y, BinaryCrossEntropyLoss())


def meant(params, X, Y):
    return value(params, X, Y, BinaryCrossEntropyLossLater())


def grad(params, X, Y):
    return gradient(params, X, Y, BinaryCrossEntropyLoss())


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    return gradient(params, X, Y, LossAsItWas())
