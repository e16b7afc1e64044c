"""Layers pass the error back without any slope, and the second one multiplies it by the network's inputs."""

import numpy as np

SOURCE = "https://github.com/Tyrant7/Rust-Neural-Network/commit/17fb318"
THREAD = "Tyrant7/Rust-Neural-Network 17fb318, ad50b6e"
DATE = "2025-01"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 - y,\; \delta^1 = W_2^T \delta^2,\; \partial C / \partial W_2 = \delta^2 x^T"
RIGHT = (
    r"\delta^2 = (a^2 - y) \odot f'(a^2),\; \delta^1 = W_2^T \delta^2 \odot f'(a^1),\; "
    r"\partial C / \partial W_2 = \delta^2 a^{1\,T},\; f = \operatorname{ReLU}"
)
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [
    {"slope-missing", "output-slope-forgotten", "input-of-wrong-layer"},
    {"output-slope-forgotten", "input-of-wrong-layer"},
]
NET = dict(sizes=(2, 2, 1), hidden="relu", output="relu", loss="half_squared")
SAMPLES = 9
LAM = 0.0


def start(rng):
    """Some units are off for some samples, and the output for a few."""
    return [
        rng.standard_normal((2, 2)),
        rng.uniform(-0.2, 0.4, (2, 1)),
        rng.uniform(0.4, 1.2, (1, 2)) * [[1.0, -0.6]],
        rng.uniform(0.2, 0.5, (1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 1))


class ReLU:
    def plain(self, input):
        return np.where(input.real > 0, input, 0.0)

    def derivative(self, input):
        return np.where(input.real > 0, 1.0, 0.0)


class Linear:
    def __init__(self, weights, bias, activation_function):
        self.weights, self.bias, self.activation_function = (weights, bias, activation_function)

    def forward(self, input):
        return self.activation_function.plain(self.weights.dot(input) + self.bias)

    def backward(self, activations, delta):
        weight_gradient = delta.dot(activations.T)
        bias_gradient = delta.sum(axis=1)[:, None]
        return self.weights.T.dot(delta), weight_gradient, bias_gradient

    def backward_later(self, activations, previous_activations, delta):
        """As ad50b6e has it."""
        activated_deltas = delta * self.activation_function.derivative(activations)
        weight_gradient = activated_deltas.dot(previous_activations.T)
        bias_gradient = activated_deltas.sum(axis=1)[:, None]
        return self.weights.T.dot(activated_deltas), weight_gradient, bias_gradient


class NeuralNetwork:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, inputs):
        activation_layers = []
        for layer_i in range(len(self.layers)):
            previous_activations = activation_layers[layer_i - 1] if activation_layers else inputs
            activation_layers.append(self.layers[layer_i].forward(previous_activations))
        return activation_layers

    def backwards(self, activation_layers, inputs, targets, right=False):
        gradients = []
        final_output = activation_layers[-1]
        error = final_output - targets
        output_gradient = error
        for layer_i in reversed(range(len(self.layers))):
            layer = self.layers[layer_i]
            if right:
                is_input_layer = layer_i - 1 < 0
                previous_activations = inputs if is_input_layer else activation_layers[layer_i - 1]
                new_gradient, weight_gradient, bias_gradient = layer.backward_later(
                    activation_layers[layer_i], previous_activations, output_gradient
                )
            else:
                is_input_layer = layer_i - 1 <= 0
                activations = inputs if is_input_layer else activation_layers[layer_i - 1]
                new_gradient, weight_gradient, bias_gradient = layer.backward(activations, output_gradient)
            output_gradient = new_gradient
            gradients.append((weight_gradient, bias_gradient))
        gradients.reverse()
        return gradients


def network(params):
    W1, b1, W2, b2 = params
    return NeuralNetwork([Linear(W1, b1, ReLU()), Linear(W2, b2, ReLU())])


def cost(params, X, Y):
    """The error of the author is that of half the square; the mean over the samples is taken here."""
    net = network(params)
    return sum(0.5 * np.sum((net.forward(x[:, None])[-1] - y[:, None]) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    """The author adds them up over the samples."""
    net, total = network(params), [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        inputs = x[:, None]
        pairs = net.backwards(net.forward(inputs), inputs, y[:, None], right)
        for t, g in zip(total, [g for pair in pairs for g in pair]):
            t += g / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
