"""The slope of a neuron is worked out from its output, to which the hyperbolic tangent is applied once more."""

import numpy as np

SOURCE = "https://github.com/josokw/BackPropNN/commit/2c44e0e"
THREAD = "josokw/BackPropNN 2c44e0e (Neuron.cpp before it)"
DATE = "2024-01"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\sigma'(z^l) = 1 - \tanh^2(a^l),\; a^l = \tanh z^l"
RIGHT = r"\sigma'(z^l) = 1 - \tanh^2(z^l) = 1 - (a^l)^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}, {"slope-of-a-throughout"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """A row for each neuron that sends, the bias neuron last."""
    return [rng.standard_normal((n + 1, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-0.9, 0.9, (SAMPLES, SIZES[-1]))


class Neuron:
    def __init__(self, output_weights, my_index):
        self.output_weights, self.my_index = output_weights, my_index
        self.output_val, self.gradient = 1.0, 0.0

    def feed_forward(self, prev_layer):
        total = 0.0
        for neuron in prev_layer:
            total = total + neuron.output_val * neuron.output_weights[self.my_index]
        self.output_val = self.transfer_function(total)

    def sum_dow(self, next_layer):
        return sum(w * neuron.gradient for w, neuron in zip(self.output_weights, next_layer))

    def calc_hidden_gradients(self, next_layer):
        self.gradient = self.sum_dow(next_layer) * self.transfer_function_derivative(self.output_val)

    def calc_output_gradients(self, target_val):
        delta = target_val - self.output_val
        self.gradient = delta * self.transfer_function_derivative(self.output_val)

    def transfer_function(self, x):
        return np.tanh(x)

    def transfer_function_derivative(self, x):
        return 1.0 - np.tanh(x) * np.tanh(x)


class RightNeuron(Neuron):
    def transfer_function_derivative(self, x):
        return 1.0 - x * x


class Net:
    def __init__(self, weights, kind):
        self.layers = []
        for block in weights:
            self.layers.append([kind(block[i], i) for i in range(len(block))])
        self.layers.append([kind([], i) for i in range(weights[-1].shape[1])])

    def feed_forward(self, input_vals):
        for value, neuron in zip(input_vals, self.layers[0]):
            neuron.output_val = value
        for prev_layer, layer in zip(self.layers, self.layers[1:]):
            last = layer is self.layers[-1]
            for neuron in layer if last else layer[:-1]:
                neuron.feed_forward(prev_layer)
        return [neuron.output_val for neuron in self.layers[-1]]

    def back_prop(self, target_vals):
        """What would be added to each weight at a rate of 1 and without momentum."""
        for neuron, target in zip(self.layers[-1], target_vals):
            neuron.calc_output_gradients(target)
        for layer, next_layer in zip(self.layers[-2:0:-1], self.layers[:1:-1]):
            for neuron in layer:
                neuron.calc_hidden_gradients(next_layer)
        moves = []
        for prev_layer, layer, n in zip(self.layers, self.layers[1:], SIZES[1:]):
            moves.append(np.array([[p.output_val * layer[j].gradient for j in range(n)] for p in prev_layer]))
        return moves


def cost(params, X, Y):
    outputs = np.array([Net(params, Neuron).feed_forward(x) for x in X])
    return 0.5 * np.sum((outputs - Y) ** 2) / len(X)


def averaged(params, X, Y, kind):
    total = [np.zeros_like(block) for block in params]
    for x, y in zip(X, Y):
        net = Net(params, kind)
        net.feed_forward(x)
        total = [t - move / len(X) for t, move in zip(total, net.back_prop(y))]
    return total


def grad(params, X, Y):
    return averaged(params, X, Y, Neuron)


def repaired(params, X, Y):
    return averaged(params, X, Y, RightNeuron)
