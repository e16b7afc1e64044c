"""The hidden layers' slopes are the sigmoid's, although each layer can be given another activation."""

import numpy as np

SOURCE = "https://github.com/JuanMercurio/neural-network-from-scratch/commit/fb90406"
THREAD = "JuanMercurio/neural-network-from-scratch fb90406"
DATE = "2023-10"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^l = a^l \odot (1 - a^l) \odot \delta^{l+1} W^{l+1\,T}"
RIGHT = r"\delta^l = f_l'(a^l) \odot \delta^{l+1} W^{l+1\,T},\; f_l' = 1 \text{ where } a^l > 0, \text{ else } 0"
READ = "code"  # the author's example has sigmoid layers; here the hidden one has the other function of that file
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}]
NET = None  # a ReLU and a sigmoid layer; a column of ones in the input, no biases beyond
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((4, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    return x * (1 - x)


def relu(x):
    if x > 0:
        return x
    else:
        return 0.0


def relu_derivative(x):
    if x > 0:
        return 1.0
    else:
        return 0.0


def matrix_element_operation(m, function):
    return np.array([[function(v) for v in row] for row in m])


def insert_ones_column(x):
    return np.hstack([x, np.ones((len(x), 1))])


class NeuralNetwork:
    def __init__(self, list_weights):
        self.list_weights = list_weights
        self.matrix_weight_count = len(list_weights)
        self.activators = [sigmoid] * len(list_weights)
        self.activators_derivatives = [sigmoid_derivative] * len(list_weights)


def NN_set_layer_activation(nn, layer, activation):
    if activation == "RELU":
        nn.activators[layer - 1] = relu
        nn.activators_derivatives[layer - 1] = relu_derivative
    if activation == "SIGMOID":
        nn.activators[layer - 1] = sigmoid
        nn.activators_derivatives[layer - 1] = sigmoid_derivative


def NN_create_activations(nn, input):
    activations = [input]
    for i in range(nn.matrix_weight_count):
        net = activations[i] @ nn.list_weights[i]
        activations.append(matrix_element_operation(net, nn.activators[i]))
    return activations


def NN_create_deltas(nn, activations, activation_count, outputs, right):
    error_derivative = activations[nn.matrix_weight_count] - outputs

    d = matrix_element_operation(
        activations[nn.matrix_weight_count], nn.activators_derivatives[activation_count - 1 - 1]
    )
    deltas = [d * error_derivative]

    for i in range(activation_count - 2):
        transpose_weight = nn.list_weights[nn.matrix_weight_count - i - 1].T
        delta = deltas[i] @ transpose_weight
        derivative = sigmoid_derivative
        if right:
            derivative = nn.activators_derivatives[nn.matrix_weight_count - 1 - 1 - i]
        d = matrix_element_operation(activations[activation_count - 2 - i], derivative)
        deltas.append(delta * d)
    return deltas


def network(params):
    nn = NeuralNetwork(params)
    NN_set_layer_activation(nn, 1, "RELU")
    NN_set_layer_activation(nn, 2, "SIGMOID")
    return nn


def cost(params, X, Y):
    """The half, as the derivative of the error is the difference."""
    nn = network(params)
    return 0.5 * np.sum((NN_create_activations(nn, insert_ones_column(X))[-1] - Y) ** 2) / len(X)


def gradients(params, X, Y, right):
    """The author steps after each sample; here the mean over the samples, at the same weights."""
    nn = network(params)
    activation_count = nn.matrix_weight_count + 1
    total = [np.zeros(w.shape) for w in params]
    for input, target in zip(insert_ones_column(X), Y):
        activations = NN_create_activations(nn, input[None])
        deltas = NN_create_deltas(nn, activations, activation_count, target[None], right)
        for i in range(nn.matrix_weight_count):
            dot = activations[i].T @ deltas[nn.matrix_weight_count - 1 - i]
            total[i] += dot / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
