"""Every output gets the mean of all outputs' errors instead of its own error."""

import numpy as np

SOURCE = "https://github.com/vornao/neural-network-from-scratch/commit/1329ff9"
THREAD = "vornao/neural-network-from-scratch 1329ff9"
DATE = "2022-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial a_k = \tfrac1n \textstyle\sum_l (a_l - t_l)"
RIGHT = r"\partial C / \partial a_k = a_k - t_k"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


class Tanh:
    def activation(self, x):
        return np.tanh(x)

    def derivative(self, x):
        return 1 - np.tanh(x) ** 2


class MeanSquaredError:
    right = False

    def backward(self, pred, labels):
        if self.right:
            return np.mean(pred - labels, keepdims=True, axis=1)
        return np.mean(pred - labels)


class Layer:
    def __init__(self, W, bias, activation_function):
        self.W, self.bias, self.activation = W, bias, activation_function
        self.dW, self.dbias = np.zeros_like(W), np.zeros_like(bias)

    def net(self, x):
        return (self.W.T @ x) + self.bias

    def output(self, x):
        self.last_input = np.copy(x)
        self.last_net = self.net(x)
        self.last_output = self.activation.activation(self.last_net)
        return self.last_output

    def update_weights(self, deltas):
        """The steps are gathered here, and not taken after each sample."""
        dl = deltas * self.activation.derivative(self.last_net)
        delta_w = self.last_input @ dl.T
        deltas_prop = self.W @ dl
        self.dW += delta_w
        self.dbias += dl
        return deltas_prop


class Network:
    def __init__(self, params):
        self.layers = [Layer(*params[:2], Tanh()), Layer(*params[2:], Tanh())]

    def forward_prop(self, x):
        out = x
        for layer in self.layers:
            out = layer.output(out)
        return out

    def backward_prop(self, deltas):
        d = deltas
        for layer in reversed(self.layers):
            d = layer.update_weights(deltas=d)

    def train(self, train, loss):
        for x, target in zip(*train):
            pred = self.forward_prop(x)
            deltas = loss.backward(pred, target)
            self.backward_prop(deltas=deltas)


def start(rng):
    return [
        *(rng.standard_normal((3, 4)), rng.standard_normal((4, 1))),
        *(rng.standard_normal((4, 2)), rng.standard_normal((2, 1))),
    ]


def data(rng):
    """Samples are columns."""
    return rng.standard_normal((SAMPLES, 3, 1)), rng.uniform(-1, 1, (SAMPLES, 2, 1))


def cost(params, X, Y):
    """Half of the squares that the author averages over the outputs."""
    network = Network(params)
    return 0.5 * sum(np.sum((network.forward_prop(x) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def steps(params, X, Y, right):
    network, loss = Network(params), MeanSquaredError()
    loss.right = right
    network.train((X, Y), loss)
    return [d / len(X) for layer in network.layers for d in (layer.dW, layer.dbias)]


def grad(params, X, Y):
    return steps(params, X, Y, False)


def repaired(params, X, Y):
    return steps(params, X, Y, True)
