"""The derivative of the transfer function is commented out, so that no layer's errors are multiplied by it."""

import numpy as np

SOURCE = "https://github.com/jawline/rust-neural-network/commit/52064b6"
THREAD = "jawline/rust-neural-network 52064b6"
DATE = "2018-03"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^2 = a^2 - y,\; \delta^1 = W^{2\,T} \delta^2"
RIGHT = r"\delta^2 = (a^2 - y) \odot a^2 \odot (1 - a^2),\; \delta^1 = W^{2\,T} \delta^2 \odot a^1 \odot (1 - a^1)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"output-slope-forgotten", "slope-missing"}]
NET = dict(sizes=(2, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The weights of each neuron in a row, and the biases, layer by layer."""
    shapes = [(4, 2), (4,), (2, 4), (2,)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def TRANSFER(_, v):
    return 1.0 / (1.0 + np.exp(-v))


def TRANSFER_DERIVITIVE(v):
    return v * (1.0 - v)


class Neuron:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.output = 0.0
        self.inputs = []

    def activate(self, input, step):
        sum = self.bias
        for x, weight in zip(input, self.weights):
            sum = sum + x * weight
        self.output = step(self, sum)
        self.inputs = list(input)
        return self.output

    def adjust(self, delta):
        """What is added to the weights and to the bias at a rate of 1."""
        return [x * delta for x in self.inputs], delta


class Layer:
    def __init__(self, neurons):
        self.neurons = neurons

    def forward(self, inputs, step):
        return [neuron.activate(inputs, step) for neuron in self.neurons]

    def transfer_errors(self, errors, transfer_derivitive, right):
        if right:
            return [errors[i] * transfer_derivitive(neuron.output) for i, neuron in enumerate(self.neurons)]
        return [errors[i] for i, neuron in enumerate(self.neurons)]  # * transfer_derivitive(neuron.output)


class Network:
    def __init__(self, layers):
        self.layers = layers

    def process(self, inputs, step):
        next_inputs = inputs
        for layer in self.layers:
            next_inputs = layer.forward(next_inputs, step)
        return next_inputs

    def layer_weighted_error(self, last_deltas, cur_layer):
        # The final layer just uses the delta
        if cur_layer == len(self.layers) - 1:
            return list(last_deltas)
        errors = []
        for neuron_idx in range(len(self.layers[cur_layer].neurons)):
            # Find the weighted error of every output that uses this neuron as an input
            last = 0.0
            for i, neuron in enumerate(self.layers[cur_layer + 1].neurons):
                last = last + neuron.weights[neuron_idx] * last_deltas[i]
            errors.append(last)
        return errors

    def backpropogate(self, delta, transfer_derivitive, right):
        last_deltas = delta
        layer_deltas = []
        for cur_layer in reversed(range(len(self.layers))):
            errors = self.layer_weighted_error(last_deltas, cur_layer)
            # Update the deltas
            last_deltas = self.layers[cur_layer].transfer_errors(errors, transfer_derivitive, right)
            layer_deltas.append(list(last_deltas))
        return layer_deltas

    def adjust_weights(self, layer_deltas):
        steps = []
        for layer, deltas in zip(self.layers, reversed(layer_deltas)):
            moved = [neuron.adjust(delta) for neuron, delta in zip(layer.neurons, deltas)]
            steps.append(np.array([weights for weights, bias in moved]))
            steps.append(np.array([bias for weights, bias in moved]))
        return steps


def network(params):
    W1, b1, W2, b2 = params
    return Network([Layer([Neuron(w, b) for w, b in zip(W, bs)]) for W, bs in ((W1, b1), (W2, b2))])


def cost(params, X, Y):
    total = 0
    for x, expected in zip(X, Y):
        found = np.array(network(params).process(x, TRANSFER))
        total += 0.5 * np.sum((expected - found) ** 2)
    return total / len(X)


def gradients(params, X, Y, right):
    """The author steps after each sample; here the mean over the samples, at the same weights."""
    total = [np.zeros(p.shape) for p in params]
    for x, expected in zip(X, Y):
        p = network(params)
        found = p.process(x, TRANSFER)
        delta_found = [e - f for e, f in zip(expected, found)]
        deltas = p.backpropogate(delta_found, TRANSFER_DERIVITIVE, right)
        for t, step in zip(total, p.adjust_weights(deltas)):
            t -= step / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
