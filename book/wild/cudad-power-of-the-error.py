"""The derivative of the error to the power 2.5 lacks the factor 2.5."""

import numpy as np

SOURCE = "https://github.com/Luecx/CudAD/commit/ea859a2"
THREAD = "Luecx/CudAD ea859a2"
DATE = "2022-09"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial a = |a - y|^{p - 1}\, \text{sgn}(a - y)"
RIGHT = r"\partial C / \partial a = p\, |a - y|^{p - 1}\, \text{sgn}(a - y),\; p = 2.5"
READ = "code"  # of the loss, which is divided by the size in the log alone; the chess network here is a small one
LAYER = [1, 2]
NAMES = [{"factor"}]
NET = None  # a dense network whose loss is the sum of |a - y|^2.5
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0
SIGMOID_SCALAR = 0.6


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((1, 4)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.1, 0.9, (SAMPLES, 1))


class MPE:
    """Mean power error; the gradients are averaged only if asked for."""

    def __init__(self, power, right):
        self.power, self.right = power, right

    def apply(self, output, target):
        self.loss = 0.0
        output_gradient = np.zeros_like(output)
        for idx in np.ndindex(output.shape):
            difference = output[idx] - target[idx]
            abs_diff = abs(difference)
            sign = 1 if difference > 0 else -1

            derivative = abs_diff ** (self.power - 1) * sign
            if self.right:
                derivative *= self.power
            loss_val = abs_diff**self.power

            output_gradient[idx] = derivative
            self.loss += loss_val
        return output_gradient


class ReLU:
    def apply(self, x):
        self.mask = x > 0
        return np.where(self.mask, x, 0)

    def backprop(self, g):
        return np.where(self.mask, g, 0)


class Sigmoid:
    def apply(self, x):
        self.out = 1 / (1 + np.exp(-x * SIGMOID_SCALAR))
        return self.out

    def backprop(self, g):
        return g * self.out * (1 - self.out) * SIGMOID_SCALAR


class DenseLayer:
    def __init__(self, weights, bias, f):
        self.weights, self.bias, self.f = weights, bias, f

    def apply(self, x):
        self.input = x
        return self.f.apply(x @ self.weights.T + self.bias)

    def backprop(self, g):
        g = self.f.backprop(g)
        self.gradients = [g.T @ self.input, g.sum(0)]
        return g @ self.weights


def batch(params, X, Y, right):
    layers = [DenseLayer(params[0], params[1], ReLU()), DenseLayer(params[2], params[3], Sigmoid())]
    loss_f = MPE(2.5, right)
    x = X
    for layer in layers:
        x = layer.apply(x)
    g = loss_f.apply(x, Y)
    for layer in reversed(layers):
        g = layer.backprop(g)
    return loss_f.loss, layers[0].gradients + layers[1].gradients


def cost(params, X, Y):
    return batch(params, X, Y, True)[0]


def grad(params, X, Y):
    return batch(params, X, Y, False)[1]


def repaired(params, X, Y):
    return batch(params, X, Y, True)[1]
