"""The activation overwrites its argument, so that the derivative is later taken of the activation."""

import copy

import numpy as np

SOURCE = "https://github.com/mpdgr/neural-net-builder/commit/36340e5"
THREAD = "mpdgr/neural-net-builder 36340e5"
DATE = "2024-04"
KIND = "gradient"
FORMULA = (
    r"\delta^l = \bigl(W^{l+1\,T} \delta^{l+1}\bigr) \odot \sigma'(a^l),\; "
    r"\delta^L = (a^L - y) \odot \sigma'(a^L)"
)
RIGHT = (
    r"\delta^l = \bigl(W^{l+1\,T} \delta^{l+1}\bigr) \odot \sigma'(z^l),\; "
    r"\delta^L = (a^L - y) \odot \sigma'(z^L)"
)
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a-throughout"}]
NET = None  # a network without biases, whose squares are summed over the samples
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0
FUNCTION, DERIVATIVE = "FUNCTION", "DERIVATIVE"


def start(rng):
    """Weights have a row for each input."""
    return [rng.standard_normal((3, 4)), rng.standard_normal((4, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def _sig(x):
    return 1 / (1 + np.exp(-x))


def _sig_deriv(x):
    return _sig(x) * (1 - _sig(x))


def _sig_vector(v):
    for i in range(0, len(v)):
        v[i] = _sig(v[i])
    return v


def _sig_deriv_vector(v):
    for i in range(0, len(v)):
        v[i] = _sig_deriv(v[i])
    return v


def sig(vector, activation):
    if activation == FUNCTION:
        return _sig_vector(vector)
    return _sig_deriv_vector(vector)


def sig_of_a_copy(vector, activation):
    vector_c = copy.deepcopy(vector)
    if activation == FUNCTION:
        return _sig_vector(vector_c)
    return _sig_deriv_vector(vector_c)


class Layer:
    def __init__(self, weights, activation):
        self.weights, self.activation = weights, activation

    def forward_pass(self, inp):
        raw_prediction = self.predict(inp)
        self.raw_prediction = raw_prediction
        self.prediction = self.activation(raw_prediction, FUNCTION)
        return self.prediction

    def backward_pass(self, delta):
        derivative_vector = self.activation(self.raw_prediction, DERIVATIVE)
        self.delta = delta * derivative_vector
        self.comp_weight_delta()
        return self.comp_back_deltas()

    def predict(self, inp):
        self.inp = inp
        return inp @ self.weights

    def comp_weight_delta(self):
        """What the author multiplies by alpha and subtracts once the deltas for the layer below are there."""
        self.weighted_delta = np.outer(self.inp, self.delta)

    def comp_back_deltas(self):
        return self.weights @ self.delta


class Network:
    def __init__(self, params, activation):
        self.layers = [Layer(weights, activation) for weights in params]

    def predict(self, inp):
        next_input = inp
        for layer in self.layers:
            next_input = layer.forward_pass(next_input)
        return next_input

    def back_propagate(self, deltas):
        for layer in reversed(self.layers):
            deltas = layer.backward_pass(deltas)

    def learn(self, inp, target):
        prediction = self.predict(inp)
        delta = prediction - target
        self.back_propagate(delta)
        return [layer.weighted_delta for layer in self.layers]


def cost(params, X, Y):
    network = Network(params, sig)
    return 0.5 * sum(np.sum((network.predict(x) - y) ** 2) for x, y in zip(X, Y))


def gradients(params, X, Y, activation):
    network = Network(params, activation)
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        for t, g in zip(total, network.learn(x, y)):
            t += g
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, sig)


def repaired(params, X, Y):
    return gradients(params, X, Y, sig_of_a_copy)
