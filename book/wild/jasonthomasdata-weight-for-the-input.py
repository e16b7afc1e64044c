"""The hidden weights' change has the weight itself for its input, and the slope of the input for that of the unit."""

import numpy as np

SOURCE = "https://github.com/JasonThomasData/neural_net_cpp/commit/7fc8b4e"
THREAD = "JasonThomasData/neural_net_cpp 7fc8b4e"
DATE = "2017-04"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial w^1_{ij} = w^1_{ij}\, x_i (1 - x_i) \textstyle\sum_k w^2_{jk} \delta^2_k"
RIGHT = r"\partial C / \partial w^1_{ij} = x_i\, a_j (1 - a_j) \textstyle\sum_k w^2_{jk} \delta^2_k"
READ = "code"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 6
LAM = 0.0
COUNTS = (3, 4, 2)


def start(rng):
    """A row for each neuron, with the weights of its incoming synapses."""
    return [rng.standard_normal((4, 3)), rng.standard_normal((2, 4))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


class Synapse:
    def __init__(self, from_neuron, to_neuron, weight):
        self.from_neuron, self.to_neuron, self.weight = from_neuron, to_neuron, weight

    def get_from_neuron_weighted_outgoing_value(self):
        return self.from_neuron.outgoing_value * self.weight


class Neuron:
    def __init__(self):
        self.incoming_synapses, self.outgoing_synapses = [], []

    def add_incoming_synapse(self, synapse):
        self.incoming_synapses.append(synapse)

    def add_outgoing_synapse(self, synapse):
        """A copy, which keeps its weight."""
        self.outgoing_synapses.append(Synapse(synapse.from_neuron, synapse.to_neuron, synapse.weight))


class Network:
    def __init__(self, params):
        self.input_layer, self.hidden_layer, self.output_layer = [[Neuron() for _ in range(n)] for n in COUNTS]
        self.connect_layers(self.input_layer, self.hidden_layer, params[0])
        self.connect_layers(self.hidden_layer, self.output_layer, params[1])

    def connect_layers(self, from_layer, to_layer, weights):
        for i, from_neuron in enumerate(from_layer):
            for j, to_neuron in enumerate(to_layer):
                new_synapse = Synapse(from_neuron, to_neuron, weights[j, i])
                to_neuron.add_incoming_synapse(new_synapse)
                from_neuron.add_outgoing_synapse(new_synapse)


def update_layer(layer):
    """The author writes 2.71828 for e, this port has e."""
    for neuron in layer:
        incoming_values = sum(s.get_from_neuron_weighted_outgoing_value() for s in neuron.incoming_synapses)
        neuron.outgoing_value = 1 / (1 + np.exp(-incoming_values))


def classify(network, values):
    for neuron, value in zip(network.input_layer, values):
        neuron.outgoing_value = value
    update_layer(network.hidden_layer)
    update_layer(network.output_layer)


class Backpropagation:
    def __init__(self, right):
        self.right = right

    def output_layer_set_synapse_weight(self, synapse, neuron_error):
        from_neuron_outgoing_value = synapse.from_neuron.outgoing_value
        synapse_weight_change = neuron_error * from_neuron_outgoing_value
        synapse.weight -= synapse_weight_change

    def output_layer_set_neuron_error(self, neuron):
        target_value = neuron.target_value
        outgoing_value = neuron.outgoing_value
        neuron.error_value = (outgoing_value - target_value) * outgoing_value * (1 - outgoing_value)

    def output_layer(self, output_layer):
        for neuron in output_layer:
            self.output_layer_set_neuron_error(neuron)
            for synapse in neuron.incoming_synapses:
                self.output_layer_set_synapse_weight(synapse, neuron.error_value)

    def hidden_layer_set_synapse_weight(self, synapse, logistic_derivative, total_neuron_errors):
        from_neuron_outgoing_value = synapse.from_neuron.outgoing_value
        if self.right:
            synapse_weight_change = logistic_derivative * total_neuron_errors * from_neuron_outgoing_value
        else:
            synapse_weight_change = (
                synapse.weight * from_neuron_outgoing_value * (1 - from_neuron_outgoing_value) * total_neuron_errors
            )
        synapse.weight -= synapse_weight_change

    def hidden_layer_get_total_neuron_errors(self, outgoing_synapses):
        total_errors = 0.0
        for synapse in outgoing_synapses:
            total_errors += synapse.weight * synapse.to_neuron.error_value
        return total_errors

    def hidden_layer(self, hidden_layer):
        for neuron in hidden_layer:
            total_neuron_errors = self.hidden_layer_get_total_neuron_errors(neuron.outgoing_synapses)
            logistic_derivative = neuron.outgoing_value * (1 - neuron.outgoing_value)
            for synapse in neuron.incoming_synapses:
                self.hidden_layer_set_synapse_weight(synapse, logistic_derivative, total_neuron_errors)


def cost(params, X, Y):
    total_error_value = 0
    for x, y in zip(X, Y):
        network = Network(params)
        classify(network, x)
        for neuron, target_value in zip(network.output_layer, y):
            total_error_value += 0.5 * (target_value - neuron.outgoing_value) ** 2
    return total_error_value / len(X)


def weights(layer):
    return np.array([[synapse.weight for synapse in neuron.incoming_synapses] for neuron in layer])


def train(params, X, Y, right):
    """What one sample takes from the weights, the mean over the samples."""
    total = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        network, backpropagation = Network(params), Backpropagation(right)
        classify(network, x)
        for neuron, target_value in zip(network.output_layer, y):
            neuron.target_value = target_value
        backpropagation.output_layer(network.output_layer)
        backpropagation.hidden_layer(network.hidden_layer)
        total[0] += (params[0] - weights(network.hidden_layer)) / len(X)
        total[1] += (params[1] - weights(network.output_layer)) / len(X)
    return total


def grad(params, X, Y):
    return train(params, X, Y, False)


def repaired(params, X, Y):
    return train(params, X, Y, True)
