"""The differences of a batch are averaged, and sent down with the slopes and outputs that the last sample has left."""

import numpy as np

SOURCE = "https://github.com/lirfu/LirfuNeuralNetwork-java/commit/dd44535"
THREAD = "lirfu/LirfuNeuralNetwork-java dd44535"
DATE = "2017-12"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = \bigl(\tfrac1m \textstyle\sum_i (a^2_i - y_i)\bigr) \odot \sigma'(z^2_m),\; "
    r"\partial C / \partial W^l = \delta^l (a^{l-1}_m)^\top"
)
RIGHT = (
    r"\delta^2_i = (a^2_i - y_i) \odot \sigma'(z^2_i),\; "
    r"\partial C / \partial W^l = \tfrac1m \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top"
)
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (2, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


class FullyConnectedLayer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases
        self.weight_deltas, self.bias_deltas = np.zeros_like(weights), np.zeros_like(biases)

    def forward_pass(self, left_output):
        self.net = left_output @ self.weights + self.biases
        self.output = sigmoid(self.net)
        return self.output

    def backward_pass(self, output_differences, left_outputs):
        differences = output_differences * derivative(self.net).T
        output_differences = self.weights @ differences
        self.weight_deltas += (differences @ left_outputs).T
        self.bias_deltas += differences.T
        return output_differences


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def get_output(layers, x):
    output = x[None, :]
    for layer in layers:
        output = layer.forward_pass(output)
    return output


def cost(params, X, Y):
    layers = [FullyConnectedLayer(*blocks) for blocks in params]
    return 0.5 * sum(np.sum((get_output(layers, x) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def down_the_network(layers, x, out_diff):
    for i in range(len(layers) - 1, -1, -1):
        left_output = x[None, :] if i == 0 else layers[i - 1].output
        out_diff = layers[i].backward_pass(out_diff, left_output)


def backpropagate(params, X, Y, right):
    """The repair leaves the mean to the learning rate; here it is taken."""
    layers = [FullyConnectedLayer(*blocks) for blocks in params]
    if right:
        for x, y in zip(X, Y):
            out_diff = (get_output(layers, x) - y).T / len(X)
            down_the_network(layers, x, out_diff)
    else:
        out_diff = np.zeros((1, SIZES[-1]))
        for x, y in zip(X, Y):
            out_diff += get_output(layers, x) - y
        out_diff = (out_diff * (1.0 / len(X))).T
        down_the_network(layers, x, out_diff)
    return [(layer.weight_deltas, layer.bias_deltas) for layer in layers]


def grad(params, X, Y):
    return backpropagate(params, X, Y, right=False)


def repaired(params, X, Y):
    return backpropagate(params, X, Y, right=True)
