"""A node hands down the sum of the gradients of its weights in place of its own gradient."""

import numpy as np

from bpcore.activations import leaky_relu

SOURCE = "https://github.com/personontheinternet1234/Machine-Learning-From-Scratch/commit/27b5e07"
THREAD = "personontheinternet1234/Machine-Learning-From-Scratch 27b5e07"
DATE = "2023-10"
KIND = "gradient"
FORMULA = r"\delta^l_j = f'(z^l_j)\, a^l_j \textstyle\sum_k \delta^{l+1}_k"
RIGHT = r"\delta^l_j = f'(z^l_j) \textstyle\sum_k W^{l+1}_{kj} \delta^{l+1}_k"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 3, 2)
NET = dict(sizes=SIZES, hidden=leaky_relu(0.1), output=leaky_relu(0.1), loss="half_squared")
SAMPLES = 5
LAM = 0.0


class Connection:
    def __init__(self, weight):
        self.weight = weight
        self.gradient = 0.0


class Node:
    def __init__(self, bias, weights):
        self.bias = bias
        self.gradient = 0.0
        self.activationEnergy = 0.0
        self.connections = [Connection(weight) for weight in weights]


class Graph:
    def __init__(self, params):
        self.layers = [[Node(0.0, row) for row in params["W1"]]]
        for name, above in ("b1", "W2"), ("b2", "W3"):
            self.layers.append([Node(bias, row) for bias, row in zip(params[name], params[above])])
        self.layers.append([Node(bias, []) for bias in params["b3"]])
        self.layers_sums = [None] * len(self.layers)


def start(rng):
    """Small, so that no gradient reaches one, where it would be cut."""
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), 1):
        params[f"W{l}"], params[f"b{l}"] = 0.6 * rng.standard_normal((n, k)), 0.3 * rng.standard_normal(k)
    return params


def data(rng):
    return 0.5 * rng.standard_normal((SAMPLES, SIZES[0])), 0.2 * rng.standard_normal((SAMPLES, SIZES[-1]))


def ssr(outputs, correctoutputs):
    return np.sum(np.power(correctoutputs.reshape(-1, 1) - outputs, 2))


def derivative_ssr(outputs, correctoutputs):
    return np.multiply(np.subtract(correctoutputs.reshape(-1, 1), outputs), -2)


def relu(x):
    """With a slope of a tenth below zero."""
    return np.where(x.real > 0, x, 0.1 * x)


def derivative_relu(scalar_passed_to_relu):
    return 1 if scalar_passed_to_relu > 0 else 0.1


def forward(graph, inputs):
    result = inputs.reshape(-1, 1)
    for layer, nodes in enumerate(graph.layers):
        for nodeindex, node in enumerate(nodes):
            node.activationEnergy = result[nodeindex][0]
        if layer == len(graph.layers) - 1:
            return result
        layerweights = np.array([[connection.weight for connection in node.connections] for node in nodes]).T
        graph.layers_sums[layer + 1] = np.matmul(layerweights, result)
        result = relu(graph.layers_sums[layer + 1] + np.array([[node.bias] for node in graph.layers[layer + 1]]))


def backward(graph, output_vector, correct_vector, right):
    g_upstream = derivative_ssr(output_vector, correct_vector)

    def bias_back(layer):
        nonlocal g_upstream
        g_local = []
        for nodeindex in range(len(graph.layers[layer])):
            node = graph.layers[layer][nodeindex]
            g_relu = derivative_relu(graph.layers_sums[layer][nodeindex] + node.bias) * g_upstream[nodeindex][0]
            g_bias = 1 * g_relu
            node.gradient += g_bias
            g_local.append([g_bias])
        g_upstream = np.array(g_local)

    def layer_back():
        nonlocal g_upstream
        g_upstream = np.minimum(1, g_upstream)
        for layer in range(len(graph.layers) - 2, 0, -1):
            g_local = []
            for node in graph.layers[layer]:
                node_g_path_sum = 0
                for connectionindex, connection in enumerate(node.connections):
                    g_weight = node.activationEnergy * g_upstream[connectionindex][0]
                    g_activation = connection.weight * g_upstream[connectionindex][0]
                    connection.gradient += g_weight
                    node_g_path_sum += g_activation if right else g_weight
                g_local.append([node_g_path_sum])
            g_upstream = np.array(g_local)
            bias_back(layer)

    def input_weights_back():
        nonlocal g_upstream
        g_upstream = np.minimum(1, g_upstream)
        for node in graph.layers[0]:
            for connectionindex, connection in enumerate(node.connections):
                connection.gradient += node.activationEnergy * g_upstream[connectionindex][0]

    g_upstream = np.minimum(1, g_upstream)
    bias_back(len(graph.layers) - 1)
    layer_back()
    input_weights_back()


def cost(params, X, Y):
    graph = Graph(params)
    return sum(ssr(forward(graph, x), y) for x, y in zip(X, Y))


def gradients(params, X, Y, right):
    graph = Graph(params)
    for x, y in zip(X, Y):
        backward(graph, forward(graph, x), y, right)
    grads = {}
    for l in range(1, len(SIZES)):
        below = graph.layers[l - 1]
        grads[f"W{l}"] = np.array([[connection.gradient for connection in node.connections] for node in below])
        grads[f"b{l}"] = np.array([node.gradient for node in graph.layers[l]])
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
