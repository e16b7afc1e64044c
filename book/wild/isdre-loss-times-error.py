"""The output's delta is the summed square error times the error, where the loss's derivative belongs."""

import numpy as np

SOURCE = "https://github.com/Isdre/simple-neural-network/commit/7c7d4ca"
THREAD = "Isdre/simple-neural-network 7c7d4ca"
DATE = "2024-05"
KIND = "gradient"
FORMULA = r"\delta = \bigl(\textstyle\sum_k (y_k - t_k)^2\bigr) (y - t)"
RIGHT = r"\delta = 2 (y - t),\; C = \textstyle\sum_k (y_k - t_k)^2"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
NET = None  # a network without biases
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


class Relu:
    def calc(x):
        return np.where(x.real > 0, x, 0)

    def calc_derivative(x):
        return np.where(x <= 0, 0, 1)


class Linear:
    def calc(x):
        return x

    def calc_derivative(x):
        return 1


class SquareError:
    def loss(y_pred, y_true):
        return (y_pred - y_true) ** 2

    def loss_derivative(y_pred, y_true):
        return 2 * (y_pred - y_true)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal((2, 4))]


def data(rng):
    """Inputs and targets in one-hot form."""
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


class Layer:
    def __init__(self, weights, activation):
        self.weights, self.activation = weights, activation


class Network:
    def __init__(self, params, loss):
        self.layers = [Layer(params[0], Relu), Layer(params[1], Linear)]
        self.loss = loss

    def forwardpropagation(self, data):
        a = [data.flatten()]
        for l in self.layers:
            a_1 = l.activation.calc(np.dot(l.weights, a[-1]))
            a.append(a_1)
        return a

    def fit(self, X_train, y_train, right=False):
        """The steps of one epoch, all at the same weights: the author moves them by a millionth or so in between."""
        steps = [np.zeros_like(l.weights) for l in self.layers]
        for data, target in zip(X_train, y_train):
            a = self.forwardpropagation(data)
            y_pred = a[-1]
            if right:
                delta = self.loss.loss_derivative(y_pred, target)
            else:
                error = self.loss.loss(y_pred, target).sum()
                delta = error * (y_pred - target)
            for i in range(len(self.layers) - 1, -1, -1):
                a_i = a[i]
                steps[i] += np.outer(delta, a_i)
                if i != 0:
                    below = self.layers[i - 1].activation
                    delta = np.dot(self.layers[i].weights.T, delta) * below.calc_derivative(a[i])
        return [step / len(X_train) for step in steps]


def cost(params, X, Y):
    network = Network(params, SquareError)
    return sum(SquareError.loss(network.forwardpropagation(x)[-1], y).sum() for x, y in zip(X, Y)) / len(X)


def grad(params, X, Y):
    return Network(params, SquareError).fit(X, Y)


def repaired(params, X, Y):
    return Network(params, SquareError).fit(X, Y, right=True)
