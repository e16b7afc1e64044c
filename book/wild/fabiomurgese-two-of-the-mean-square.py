"""The error of a mean of squares is divided by the number of samples, but lacks the two."""

import numpy as np

SOURCE = "https://github.com/FabioMurgese/neural-network-from-scratch/commit/193558a"
THREAD = "FabioMurgese/neural-network-from-scratch 193558a"
DATE = "2020-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = \tfrac1m (a - y)"
RIGHT = r"\partial C / \partial a = \tfrac2m (a - y),\; C = \tfrac1m \textstyle\sum_i (a_i - y_i)^2"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"two-missing"}]
NET = None  # a network with a column of ones among its inputs, and no other biases
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


class Layer:
    right = False

    def __init__(self, weight, is_output=False):
        self.weight = weight
        self.is_output_layer = is_output

    def __sigmoid(self, x):
        return 1.0 / (1.0 + np.exp(-np.array(x)))

    def __sigmoid_prime(self, x):
        return self.__sigmoid(x) * (1 - self.__sigmoid(x))

    def forward(self, x):
        z = np.dot(x, self.weight)
        self.A = self.__sigmoid(z)
        self.dZ = np.atleast_2d(self.__sigmoid_prime(z))
        return self.A

    def MSE(self, y, right_layer):
        if self.is_output_layer:
            if self.right:
                error = (2 / y.shape[0]) * (self.A - y)
            else:
                error = 1 / y.shape[0] * (self.A - y)
            self.delta = np.atleast_2d(error * self.dZ)
        else:
            self.delta = np.atleast_2d(np.dot(right_layer.delta, right_layer.weight.T) * self.dZ)
        return self.delta

    def update(self, left_a):
        """The gradient alone, without rate, momentum and decay."""
        a = np.atleast_2d(left_a)
        d = np.atleast_2d(self.delta)
        return a.T.dot(d)


class NeuralNetwork:
    def __init__(self, params):
        self.layers = [Layer(params[0]), Layer(params[1], is_output=True)]

    def forward(self, X):
        ones = np.atleast_2d(np.ones(X.shape[0]))
        X = np.concatenate((ones.T, X), axis=1)
        a = X
        for layer in self.layers:
            a = layer.forward(a)
        return X, a

    def error(self, target, output):
        return np.square(np.array(target) - np.array(output)).mean(axis=0)[0]

    def backprop(self, X, y):
        X, _ = self.forward(X)
        self.layers[-1].MSE(y, None)
        for l in range(len(self.layers) - 2, -1, -1):
            self.layers[l].MSE(None, self.layers[l + 1])
        a = X
        ad = []
        for layer in self.layers:
            ad.append(layer.update(a))
            a = layer.A
        return ad


def start(rng):
    """Three inputs and a one, four hidden units and one more, one output."""
    return [rng.standard_normal((4, 5)), rng.standard_normal((5, 1))]


def data(rng):
    return rng.integers(0, 2, (SAMPLES, 3)).astype(float), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def cost(params, X, Y):
    network = NeuralNetwork(params)
    return network.error(Y, network.forward(X)[1])


def backprop(params, X, Y, right):
    network = NeuralNetwork(params)
    network.layers[-1].right = right
    return network.backprop(X, Y)


def grad(params, X, Y):
    return backprop(params, X, Y, False)


def repaired(params, X, Y):
    return backprop(params, X, Y, True)
