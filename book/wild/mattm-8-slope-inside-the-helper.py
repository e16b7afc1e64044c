"""A reader misses the logistic slope in the output deltas, which the function called there multiplies in itself."""

import numpy as np

SOURCE = "https://github.com/mattm/simple-neural-network/issues/8"
THREAD = "mattm/simple-neural-network #8"
DATE = "2018-03"
KIND = "right"
FORMULA = r"\delta^2 = (a^2 - y) \odot a^2 \odot (1 - a^2)"
RIGHT = r"\partial E / \partial z = \partial E / \partial a \cdot \partial a / \partial z"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
# here without the biases, which the program never trains
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "hidden_layer": rng.standard_normal((SIZES[1], SIZES[0])),
        "output_layer": rng.standard_normal((SIZES[2], SIZES[1])),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


class Neuron:
    def __init__(self, weights):
        self.weights = weights

    def calculate_output(self, inputs):
        self.inputs = inputs
        self.output = self.squash(self.calculate_total_net_input())
        return self.output

    def calculate_total_net_input(self):
        total = 0
        for i in range(len(self.inputs)):
            total = total + self.inputs[i] * self.weights[i]
        return total

    def squash(self, total_net_input):
        return 1 / (1 + np.exp(-total_net_input))

    def calculate_pd_error_wrt_total_net_input(self, target_output):
        return self.calculate_pd_error_wrt_output(target_output) * self.calculate_pd_total_net_input_wrt_input()

    def calculate_error(self, target_output):
        return 0.5 * (target_output - self.output) ** 2

    def calculate_pd_error_wrt_output(self, target_output):
        return -(target_output - self.output)

    def calculate_pd_total_net_input_wrt_input(self):
        return self.output * (1 - self.output)

    def calculate_pd_total_net_input_wrt_weight(self, index):
        return self.inputs[index]


class NeuralNetwork:
    def __init__(self, params):
        self.hidden = [Neuron(row) for row in params["hidden_layer"]]
        self.output = [Neuron(row) for row in params["output_layer"]]

    def feed_forward(self, inputs):
        hidden_outputs = [neuron.calculate_output(inputs) for neuron in self.hidden]
        return [neuron.calculate_output(hidden_outputs) for neuron in self.output]

    def weight_errors(self, layer, deltas):
        errors = []
        for neuron, delta in zip(layer, deltas):
            count = len(neuron.weights)
            errors.append([delta * neuron.calculate_pd_total_net_input_wrt_weight(w) for w in range(count)])
        return np.array(errors)

    def train(self, training_inputs, training_outputs):
        """The partial derivatives of one sample's error."""
        self.feed_forward(training_inputs)
        output_deltas = []
        for neuron, target in zip(self.output, training_outputs):
            output_deltas.append(neuron.calculate_pd_error_wrt_total_net_input(target))
        hidden_deltas = []
        for h, neuron in enumerate(self.hidden):
            d_error_wrt_output = 0
            for o, delta in enumerate(output_deltas):
                d_error_wrt_output = d_error_wrt_output + delta * self.output[o].weights[h]
            hidden_deltas.append(d_error_wrt_output * neuron.calculate_pd_total_net_input_wrt_input())
        return {
            "hidden_layer": self.weight_errors(self.hidden, hidden_deltas),
            "output_layer": self.weight_errors(self.output, output_deltas),
        }


def cost(params, X, Y):
    total_error = 0
    for x, y in zip(X, Y):
        network = NeuralNetwork(params)
        network.feed_forward(x)
        total_error = total_error + sum(n.calculate_error(target) for n, target in zip(network.output, y))
    return total_error / len(X)


def grad(params, X, Y):
    parts = [NeuralNetwork(params).train(x, y) for x, y in zip(X, Y)]
    return {key: sum(part[key] for part in parts) / len(X) for key in params}


repaired = grad
