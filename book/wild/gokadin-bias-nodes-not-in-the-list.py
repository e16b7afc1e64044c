"""A layer's list of nodes has not its bias node, so that the connections of the bias are given no gradient."""

import numpy as np

SOURCE = "https://github.com/gokadin/ai-backpropagation/commit/add5524"
THREAD = "gokadin/ai-backpropagation add5524"
DATE = "2019-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = 0"
RIGHT = r"\partial C / \partial b^l = \tfrac1m \textstyle\sum_i \delta^l_i"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"bias-missing"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 6
LAM = 0.0


class Node:
    def __init__(self, output=0.0):
        self.connections, self.input, self.output, self.delta = [], 0.0, output, 0.0


class Connection:
    def __init__(self, next_node, weight):
        self.next_node, self.weight, self.gradient = next_node, weight, 0.0


class Layer:
    def __init__(self, size, is_output_layer, right):
        self.nodes, self.bias = [Node() for _ in range(size)], Node(1.0)
        self.is_output_layer, self.right = is_output_layer, right

    def parameters(self):
        if self.is_output_layer or not self.right:
            return self.nodes
        return self.nodes + [self.bias]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def start(rng):
    """The last row of a matrix belongs to the bias node."""
    return [rng.standard_normal((n + 1, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def cost(params, X, Y):
    hidden = sigmoid(X @ params[0][:-1] + params[0][-1])
    return 0.5 * np.sum((hidden @ params[1][:-1] + params[1][-1] - Y) ** 2) / len(X)


def network_of(params, right):
    layers = [Layer(size, i == len(SIZES) - 1, right) for i, size in enumerate(SIZES)]
    for layer, above, weights in zip(layers, layers[1:], params):
        for node, row in zip([*layer.nodes, layer.bias], weights):
            node.connections = [Connection(next_node, w) for next_node, w in zip(above.nodes, row)]
    return layers


def forward_pass(layers, x):
    for layer in layers:
        for node in layer.nodes:
            node.input = 0.0
    for node, value in zip(layers[0].nodes, x):
        node.output = value
    for i, layer in enumerate(layers):
        if i:
            for node in layer.nodes:
                node.output = node.input if layer.is_output_layer else sigmoid(node.input)
        for node in [*layer.nodes, layer.bias]:
            for connection in node.connections:
                connection.next_node.input += node.output * connection.weight


def calculate_deltas(layers, expected):
    for node, value in zip(layers[-1].parameters(), expected):
        node.delta = node.output - value
    for i in range(len(layers) - 2, 0, -1):
        for node in layers[i].parameters():
            total = 0.0
            for connection in node.connections:
                total += connection.next_node.delta * connection.weight
            node.delta = total * sigmoid(node.input) * (1 - sigmoid(node.input))


def accumulate_gradients(layers):
    for i in range(len(layers) - 2, -1, -1):
        for node in layers[i].parameters():
            for connection in node.connections:
                connection.gradient += connection.next_node.delta * node.output


def learn(params, X, Y, right):
    """The author takes the sum over the samples; here the mean."""
    layers = network_of(params, right)
    for x, expected in zip(X, Y):
        forward_pass(layers, x)
        calculate_deltas(layers, expected)
        accumulate_gradients(layers)
    rows = [[[c.gradient for c in node.connections] for node in [*l.nodes, l.bias]] for l in layers[:-1]]
    return [np.array(matrix) / len(X) for matrix in rows]


def grad(params, X, Y):
    return learn(params, X, Y, right=False)


def repaired(params, X, Y):
    return learn(params, X, Y, right=True)
