"""An operation that multiplies by a constant hands its gradient on without the constant."""

import numpy as np

SOURCE = "https://github.com/zergtant/pytorch-handbook/issues/69"
THREAD = "zergtant/pytorch-handbook #69"
DATE = "2019-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = g,\; a = c\, z,\; g = \partial C / \partial a"
RIGHT = r"\partial C / \partial z = c\, g,\; a = c\, z"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
SIZES = (3, 4, 2)
NET = None  # a multiple of a layer
BLOCKS = ["weight[1]", "bias[1]", "weight[2]", "bias[2]"]
SAMPLES = 7
LAM = 0.0

CONSTANT = 5.0


def start(rng):
    return [
        0.3 * rng.standard_normal((SIZES[0], SIZES[1])),
        0.3 * rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[1], SIZES[2])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class MulConstant:
    def forward(self, tensor, constant):
        self.constant = constant
        return tensor * constant

    def backward(self, grad_output):
        return grad_output


class RepairedMulConstant(MulConstant):
    def backward(self, grad_output):
        return grad_output * self.constant


def forward(params, X, operation):
    w1, b1, w2, b2 = params
    hidden = np.tanh(operation.forward(X @ w1 + b1, CONSTANT))
    return hidden, hidden @ w2 + b2


def cost(params, X, Y):
    return np.mean((forward(params, X, MulConstant())[1] - Y) ** 2)


def backward(params, X, Y, operation):
    hidden, out = forward(params, X, operation)
    upper = 2 * (out - Y) / Y.size
    lower = operation.backward(upper @ params[2].T * (1 - hidden**2))
    return [X.T @ lower, lower.sum(axis=0), hidden.T @ upper, upper.sum(axis=0)]


def grad(params, X, Y):
    return backward(params, X, Y, MulConstant())


def repaired(params, X, Y):
    return backward(params, X, Y, RepairedMulConstant())
