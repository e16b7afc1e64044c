"""Each hidden layer's slope is that of the first layer's activation, whatever its own activation is."""

import numpy as np

SOURCE = "https://github.com/Slyvred/c-mlp/commit/f20879d"
THREAD = "Slyvred/c-mlp f20879d"
DATE = "2026-01"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^l = f_1'(a^l) \odot W^{l+1\,T} \delta^{l+1},\; f_1'(a) = a (1 - a)"
RIGHT = r"\delta^l = f_l'(a^l) \odot W^{l+1\,T} \delta^{l+1},\; f_1'(a) = a (1 - a),\; f_2'(a) = 1"
READ = (
    "code"  # the author's example has three sigmoid layers; here the second is linear, the other function of that file
)
LAYER = [2]
NAMES = [{"slope-of-wrong-function"}]
NET = None  # two hidden layers with different activations
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The weights of each neuron in a row, and the biases, layer by layer."""
    shapes = [(4, 3), (4,), (3, 4), (3,), (2, 3), (2,)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_deriv(x):
    return x * (1.0 - x)


def linear(x):
    return x


def linear_deriv(x):
    return 1


SIG, LIN = (sigmoid, sigmoid_deriv), (linear, linear_deriv)


class Neuron:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.output = self.delta = 0.0


class Layer:
    def __init__(self, weights, biases, activation_function):
        self.neurons = [Neuron(w, b) for w, b in zip(weights, biases)]
        self.activation_function = activation_function
        self.outputs = []


def model(params):
    W1, b1, W2, b2, W3, b3 = params
    return [Layer(W1, b1, SIG), Layer(W2, b2, LIN), Layer(W3, b3, SIG)]


def weighted_sum(inputs, weights, bias):
    total = 0
    for i in range(len(weights)):
        total += inputs[i] * weights[i]
    total += bias
    return total


def forward(m, inputs):
    for i, layer in enumerate(m):
        layer_inputs = inputs if i == 0 else m[i - 1].outputs
        f = layer.activation_function[0]
        for n in layer.neurons:
            n.output = f(weighted_sum(layer_inputs, n.weights, n.bias))
        layer.outputs = [n.output for n in layer.neurons]


def train(m, raw_inputs, target, right):
    """What is added to the weights and biases for one sample, at a rate of 1."""
    # Calculate output layer error
    last = m[-1]
    for i, n in enumerate(last.neurons):
        # Error = (target - output) * f'(output)
        n.delta = (target[i] - n.output) * last.activation_function[1](n.output)

    # Calculate layer error from last hidden layer to input
    for i in range(len(m) - 2, -1, -1):
        curr_layer = m[i]
        next_layer = m[i + 1]
        for j, n in enumerate(curr_layer.neurons):
            error = 0
            # Sum deltas of next layer weighted by next neuron weights
            for next_n in next_layer.neurons:
                error += next_n.delta * next_n.weights[j]
            if right:
                n.delta = error * curr_layer.activation_function[1](n.output)
            else:
                n.delta = error * m[0].activation_function[1](n.output)

    steps = []
    for i, layer in enumerate(m):
        inputs_for_layer = raw_inputs if i == 0 else m[i - 1].outputs
        steps.append(np.array([[n.delta * x for x in inputs_for_layer] for n in layer.neurons]))
        steps.append(np.array([n.delta for n in layer.neurons]))
    return steps


def cost(params, X, Y):
    total = 0
    for x, y in zip(X, Y):
        m = model(params)
        forward(m, x)
        total += 0.5 * np.sum((y - np.array(m[-1].outputs)) ** 2)
    return total / len(X)


def gradients(params, X, Y, right):
    """The author steps after each sample; here the mean over the samples, at the same weights."""
    total = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        m = model(params)
        forward(m, x)
        for t, step in zip(total, train(m, x, y, right)):
            t -= step / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
