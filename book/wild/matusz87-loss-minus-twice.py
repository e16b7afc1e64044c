"""The cross entropy of a softmax layer has two minus signs, and falls when the right class becomes less likely."""

import numpy as np

SOURCE = "https://github.com/Matusz87/convnet/commit/439b118"
THREAD = "Matusz87/convnet 439b118"
DATE = "2019-07"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \ln p_{i, r_i}"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \ln p_{i, r_i}"
READ = "code"  # of the weights; the biases, which have a mistake of their own, are left out
LAYER = [2]
NAMES = [{"sign"}, {"another-cost"}]
NET = None  # a network without biases
BLOCKS = ["weights[1]", "weights[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((4, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class FC:
    def __init__(self, weights):
        self.weights = weights

    def Forward(self, prev_activation):
        self.input = prev_activation
        self.output = np.zeros(self.weights.shape[1], self.weights.dtype)
        for n in range(len(self.output)):
            dot = 0
            for i in range(len(self.input)):
                dot += self.input[i] * self.weights[i, n]
            self.output[n] = dot

    def Backprop(self, grad_output):
        self.grad_input = np.zeros(len(self.input))
        self.grad_weights = np.zeros(self.weights.shape)
        for n in range(len(self.output)):
            for i in range(len(self.input)):
                self.grad_input[i] += grad_output[n] * self.weights[i, n]
                self.grad_weights[i, n] = self.input[i] * grad_output[n]


class ReLU:
    def Forward(self, prev_activation):
        self.input = prev_activation
        self.output = np.where(self.input.real > 0, self.input, 0)

    def Backprop(self, grad_out):
        self.grad_input = np.where(self.input < 0, 0, grad_out)


class Softmax:
    def Forward(self, prev_activation):
        self.input = prev_activation
        output = np.exp(self.input)
        self.output = output / np.sum(output)

    def Loss(self, target):
        for i in range(len(self.output)):
            if target[i] == 1:
                return -np.log(self.output[i]) * -1

    def Backprop(self, grad_out):
        self.grad_input = grad_out


class SoftmaxLater(Softmax):
    def Loss(self, target):
        for i in range(len(self.output)):
            if target[i] == 1:
                return -np.log(self.output[i])


class Model:
    def __init__(self, params, softmax):
        self.layers = [FC(params[0]), ReLU(), FC(params[1]), softmax]

    def Evaluate(self, input, target):
        for layer in self.layers:
            layer.Forward(input)
            input = layer.output
        return self.layers[-1].Loss(target)

    def Train(self, input, target, direction=1):
        self.Evaluate(input, target)
        error = self.layers[-1].output - target
        self.layers[-1].Backprop(direction * error)
        for i in range(len(self.layers) - 2, -1, -1):
            self.layers[i].Backprop(self.layers[i + 1].grad_input)
        return [self.layers[0].grad_weights, self.layers[2].grad_weights]


def mean_loss(params, X, Y, softmax):
    return sum(Model(params, softmax).Evaluate(x, y) for x, y in zip(X, Y, strict=True)) / len(X)


def cost(params, X, Y):
    return mean_loss(params, X, Y, Softmax())


def meant(params, X, Y):
    return mean_loss(params, X, Y, SoftmaxLater())


def gradients(params, X, Y, direction):
    """The author steps after each sample; here the mean over the samples."""
    total = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y, strict=True):
        for t, g in zip(total, Model(params, Softmax()).Train(x, y, direction)):
            t += g / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, 1)


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    return gradients(params, X, Y, -1)
