"""Every layer has the sum of all errors for its own, and what goes down for the values of the layer below."""

import numpy as np

SOURCE = "https://github.com/eric268/Neural_Network_CPP/commit/8674d1d"
THREAD = "eric268/Neural_Network_CPP 8674d1d"
DATE = "2022-10"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l_{ij} = s_i\, \delta^l_j,\; s_i = \textstyle\sum_j W^l_{ij}\, \delta^l_j,\; "
    r"\delta^l_j = 2\, \sigma'(z^l_j) \sum_k (a^L_k - y_k)"
)
RIGHT = (
    r"\partial C / \partial W^l_{ij} = a^{l-1}_i\, \delta^l_j,\; \delta^L = 2\, (a^L - y) \odot \sigma'(z^L),\; "
    r"\delta^l = W^{l+1} \delta^{l+1} \odot \sigma'(z^l)"
)
READ = "code"
GROUP = "down"
LAYER = [1, 2, 3]
NAMES = []
SIZES = (3, 4, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
BLOCKS = ["weights[1]", "weights[2]", "weights[3]", "biases[1]", "biases[2]", "biases[3]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    weights = [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]
    return {"weights": weights, "biases": [rng.standard_normal(k) for k in SIZES[1:]]}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def d_sigmoid(z):
    value = sigmoid(z)
    return value * (1.0 - value)


def forward(network, image):
    sums, activations = [], [image]
    for W, b in zip(network["weights"], network["biases"]):
        sums.append(activations[-1] @ W + b)
        activations.append(sigmoid(sums[-1]))
    return sums, activations


def cost(network, X, Y):
    return np.mean([np.sum((forward(network, x)[1][-1] - y) ** 2) for x, y in zip(X, Y)])


def empty(network):
    return {name: [np.zeros_like(array) for array in arrays] for name, arrays in network.items()}


def grad(network, X, Y):
    results = empty(network)
    for image, answer in zip(X, Y):
        sums, activations = forward(network, image)
        delta_cost = np.sum(2.0 * (activations[-1] - answer)) / len(X)
        for layer, W in enumerate(network["weights"]):
            bias_delta = d_sigmoid(sums[layer]) * delta_cost
            previous_delta = W @ bias_delta
            results["weights"][layer] += np.outer(previous_delta, bias_delta)
            results["biases"][layer] += bias_delta
    return results


def repaired(network, X, Y):
    results = empty(network)
    for image, answer in zip(X, Y):
        sums, activations = forward(network, image)
        error = 2.0 * (activations[-1] - answer) / len(X)
        for layer in reversed(range(len(SIZES) - 1)):
            bias_delta = d_sigmoid(sums[layer]) * error
            error = network["weights"][layer] @ bias_delta
            results["weights"][layer] += np.outer(activations[layer], bias_delta)
            results["biases"][layer] += bias_delta
    return results
