"""A squared error is the mean over samples and outputs, and its gradient is divided by the samples alone."""

import numpy as np

SOURCE = "https://github.com/TheAnkurGoswami/Neural-Networks-from-Scratch/commit/d76be5d"
THREAD = "TheAnkurGoswami/Neural-Networks-from-Scratch d76be5d"
DATE = "2025-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a^2 = \tfrac2m\, (a^2 - y),\; C = \tfrac{1}{m n} \textstyle\sum_{i,k} (a^2_{ik} - y_{ik})^2"
)
RIGHT = r"\partial C / \partial a^2 = \tfrac{2}{m n}\, (a^2 - y)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"outputs-not-averaged"}, {"factor"}]
SIZES = (3, 5, 3)
NET = None  # the mean is taken over the outputs too
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


class MSELoss:
    def __init__(self, right=True):
        self._right = right

    def forward(self, y_pred, y_true):
        self._y_true, self._y_pred = y_true, y_pred
        self._size = y_true.size
        return np.mean((y_pred - y_true) ** 2)

    def backprop(self):
        count = self._size if self._right else self._y_pred.shape[0]
        return (2 / count) * (self._y_pred - self._y_true)


class Dense:
    def __init__(self, weights, bias, activation):
        self._weights, self._bias, self._activation = weights, bias, activation

    def forward(self, inputs):
        self._inputs = inputs
        self._result = np.matmul(inputs, self._weights) + self._bias
        return np.tanh(self._result) if self._activation == "tanh" else self._result

    def backprop(self, dA):
        dZ = dA * (1 - np.tanh(self._result) ** 2) if self._activation == "tanh" else dA
        self.dW = np.matmul(self._inputs.T, dZ)
        self.dB = np.sum(dZ, axis=0, keepdims=True)
        return np.matmul(dZ, self._weights.T)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def network(params):
    return [Dense(*params[0], "tanh"), Dense(*params[1], None)]


def cost(params, X, Y):
    first, second = network(params)
    return MSELoss().forward(second.forward(first.forward(X)), Y)


def backward(params, X, Y, right):
    layers, loss = network(params), MSELoss(right)
    loss.forward(layers[1].forward(layers[0].forward(X)), Y)
    dA = loss.backprop()
    for layer in reversed(layers):
        dA = layer.backprop(dA)
    return [(layer.dW, layer.dB) for layer in layers]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
