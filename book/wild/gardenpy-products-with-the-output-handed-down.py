"""A node hands down the sum of the gradients of its weights, its own output times what comes, and not the weights."""

import numpy as np

from bpcore import leaky_relu

SOURCE = "https://github.com/machine-learning-from-scratch/gardenpy/commit/27b5e07"
THREAD = "machine-learning-from-scratch/gardenpy 27b5e07"
DATE = "2023-10"
KIND = "gradient"
FORMULA = r"\delta^l_j = a^l_j\, \textstyle\sum_k \delta^{l+1}_k\, f'(z^l_j)"
RIGHT = r"\delta^l_j = \textstyle\sum_k W^{l+1}_{kj}\, \delta^{l+1}_k\, f'(z^l_j)"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 4, 1)
NET = dict(sizes=SIZES, hidden=leaky_relu(0.1), output=leaky_relu(0.1), loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """For each layer the connections from each node, and the biases of the nodes above."""
    return [(rng.standard_normal((n, k)) * np.sqrt(2 / n), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def relu(x):
    return np.where(x.real > 0, x, 0.1 * x)


def derivative_relu(scalar):
    return 1 if scalar > 0 else 0.1


def forward(graph, inputs):
    activations, sums = [inputs], [None]
    for weights, biases in graph:
        sums.append(activations[-1] @ weights + biases)
        activations.append(relu(sums[-1]))
    return activations, sums


def cost(params, X, Y):
    return sum(np.sum((y - forward(params, x)[0][-1]) ** 2) for x, y in zip(X, Y)) / len(X)


def backward(graph, X, Y, right):
    """The author moves each weight at once, and looks at the old one; here the mean of all samples."""
    gradients = [(np.zeros_like(weights), np.zeros_like(biases)) for weights, biases in graph]
    for x, correct in zip(X, Y):
        activations, sums = forward(graph, x)
        g_upstream = -2 * (correct - activations[-1]) / len(X)

        def through_relu(layer, g_upstream):
            g_local = []
            for node in range(len(g_upstream)):
                g_bias = 1 * derivative_relu(sums[layer][node]) * g_upstream[node]
                gradients[layer - 1][1][node] += g_bias
                g_local.append(g_bias)
            return g_local

        g_upstream = through_relu(len(graph), g_upstream)
        for layer in range(len(graph) - 1, -1, -1):
            g_local = []
            for node in range(SIZES[layer]):
                node_sum = 0
                for connection, weight in enumerate(graph[layer][0][node]):
                    g_weight = activations[layer][node] * g_upstream[connection]
                    g_activation = weight * g_upstream[connection]
                    gradients[layer][0][node, connection] += g_weight
                    node_sum += g_activation if right else g_weight
                g_local.append(node_sum)
            if layer > 0:
                g_upstream = through_relu(layer, g_local)
    return gradients


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
