"""Units after the last group of four weigh the gradient of the unit above with their own number, for each of those."""

import numpy as np

SOURCE = "https://github.com/Ameobea/neural-network-from-scratch/commit/0349b5a"
THREAD = "Ameobea/neural-network-from-scratch 0349b5a"
DATE = "2022-03"
KIND = "gradient"
FORMULA = r"e_j = \textstyle\sum_k w_{kj}\, \delta_j \text{ for } j \ge 4 \lfloor n / 4 \rfloor"
RIGHT = r"e_j = \textstyle\sum_k w_{kj}\, \delta_k"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # no biases at the outputs
BLOCKS = ["W[1]", "b[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal(shape) for shape in ((5, 3), (5,), (5, 5))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 5))


class Tanh:
    def get_output(self, x):
        return np.tanh(x)

    def derivative(self, x):
        return 1.0 - np.tanh(x) ** 2

    def apply_derivative_batch(self, errors, outputs_before_activation):
        return errors * self.derivative(outputs_before_activation)


class MeanSquaredError:
    def get_cost(self, error):
        return error * error

    def derivative(self, error):
        return error * 2.0


class DenseLayer:
    def __init__(self, weights, biases, activation_fn):
        self.weights, self.biases, self.activation_fn = weights, biases, activation_fn
        self.errors_scratch = np.zeros(len(weights))

    def forward_propagate(self, inputs):
        self.outputs_before_activation = self.weights @ inputs + self.biases
        self.outputs = self.activation_fn.get_output(self.outputs_before_activation)

    def compute_gradients(self, output_weights, gradient_of_output_neurons, right):
        remainder = len(self.errors_scratch) % 4
        chunk_count = (len(self.errors_scratch) - remainder) // 4
        self.errors_scratch[:] = 0.0
        for output_neuron_ix in range(len(gradient_of_output_neurons)):
            output_weights_for_neuron = output_weights[output_neuron_ix]
            gradient_of_output_neuron = gradient_of_output_neurons[output_neuron_ix]
            for chunk_ix in range(chunk_count):
                chunk = slice(chunk_ix * 4, chunk_ix * 4 + 4)
                self.errors_scratch[chunk] += output_weights_for_neuron[chunk] * gradient_of_output_neuron
            # remainders
            for neuron_ix in range(chunk_count * 4, len(self.errors_scratch)):
                if right:
                    self.errors_scratch[neuron_ix] += (
                        output_weights_for_neuron[neuron_ix] * gradient_of_output_neurons[output_neuron_ix]
                    )
                else:
                    self.errors_scratch[neuron_ix] += (
                        output_weights_for_neuron[neuron_ix] * gradient_of_output_neurons[neuron_ix]
                    )
        self.neuron_gradients = self.activation_fn.apply_derivative_batch(
            self.errors_scratch, self.outputs_before_activation
        )


class OutputLayer:
    """Its activation is the identity."""

    def __init__(self, weights, cost_fn):
        self.weights, self.cost_fn = weights, cost_fn

    def forward_propagate(self, inputs):
        self.outputs = self.weights @ inputs

    def compute_costs(self, expected):
        self.errors = expected - self.outputs
        self.costs = self.cost_fn.get_cost(self.errors)

    def compute_gradients(self):
        self.neuron_gradients = self.cost_fn.derivative(self.errors)


class Network:
    def __init__(self, params):
        self.hidden_layers = [DenseLayer(params[0], params[1], Tanh())]
        self.outputs = OutputLayer(params[2], MeanSquaredError())

    def forward_propagate(self, inputs):
        for layer in self.hidden_layers:
            layer.forward_propagate(inputs)
            inputs = layer.outputs
        self.outputs.forward_propagate(inputs)

    def train_one_example(self, example, expected, right):
        """What is added to weights and biases, but for the learning rate."""
        self.forward_propagate(example)
        self.outputs.compute_costs(expected)
        self.outputs.compute_gradients()
        output_weights, gradient_of_output_neurons = self.outputs.weights, self.outputs.neuron_gradients
        for hidden_layer in reversed(self.hidden_layers):
            hidden_layer.compute_gradients(output_weights, gradient_of_output_neurons, right)
            output_weights, gradient_of_output_neurons = hidden_layer.weights, hidden_layer.neuron_gradients
        hidden = self.hidden_layers[0]
        return [
            np.outer(hidden.neuron_gradients, example),
            hidden.neuron_gradients,
            np.outer(self.outputs.neuron_gradients, hidden.outputs),
        ]


def cost(params, X, Y):
    """The sum of the costs; the author shows their mean over the outputs."""
    network, total = Network(params), 0.0
    for example, expected in zip(X, Y):
        network.forward_propagate(example)
        network.outputs.compute_costs(expected)
        total += np.sum(network.outputs.costs)
    return total


def gradients(params, X, Y, right):
    network, total = Network(params), [np.zeros_like(p) for p in params]
    for example, expected in zip(X, Y):
        for t, added in zip(total, network.train_one_example(example, expected, right)):
            t -= added
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
