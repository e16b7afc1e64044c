"""Going down, each unit takes the one delta with its own number for all units above, and the weights by rows."""

import numpy as np

SOURCE = "https://github.com/MAGREMENT/NeuralNetwork/commit/b20ed45"
THREAD = "MAGREMENT/NeuralNetwork b20ed45"
DATE = "2024-09"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^l_o = f'(z^l_o)\, \delta^{l+1}_o \textstyle\sum_i W^{l+1}_{io},\; z^{l+1} = a^l W^{l+1} + b^{l+1}"
RIGHT = r"\delta^l_o = f'(z^l_o) \textstyle\sum_i W^{l+1}_{oi}\, \delta^{l+1}_i,\; z^{l+1} = a^l W^{l+1} + b^{l+1}"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the squares are summed over the samples
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0
NUMBERS = (2, 3, 3)  # with the author's 2, 3, 2 the third hidden unit would read a delta beyond the last one


def start(rng):
    """Each layer's weights in one row, as malloc gives it."""
    return [rng.standard_normal(n) for n in (6, 3, 9, 3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def sigmoid_activation(n):
    return 1 / (1 + np.exp(-n))


def derivative_sigmoid_activation(n):
    a = sigmoid_activation(n)
    return a * (1 - a)


def mean_square_cost(predicted, expected):
    error = predicted - expected
    return error * error


def derivative_mean_square_cost(predicted, expected):
    return 2 * (predicted - expected)


class layer:
    def __init__(self, in_count, out_count, weights, biases):
        self.in_count, self.out_count, self.weights, self.biases = in_count, out_count, weights, biases


class backpropagation_layer:
    def __init__(self, n):
        self.weightedInputs, self.afterActivations, self.nodeValues = [0.0] * n, [0.0] * n, [0.0] * n


class neural_network:
    def __init__(self, params):
        self.count = len(NUMBERS) - 1
        self.layers = []
        for i in range(self.count):
            self.layers.append(layer(NUMBERS[i], NUMBERS[i + 1], params[2 * i], params[2 * i + 1]))


def traverse(network, values):
    data = [backpropagation_layer(layer.out_count) for layer in network.layers]
    for l, layer in enumerate(network.layers):
        for i in range(layer.out_count):
            n = layer.biases[i]
            for j in range(layer.in_count):
                below = values[j] if l == 0 else data[l - 1].afterActivations[j]
                n = n + below * layer.weights[j * layer.out_count + i]
            data[l].weightedInputs[i] = n
            data[l].afterActivations[i] = sigmoid_activation(n)
    return data


def update_gradients(network, gradients, values, expected, right):
    data = traverse(network, values)
    lastIndex = network.count - 1

    for n in range(lastIndex, -1, -1):
        if n == lastIndex:
            for i in range(len(expected)):
                costDerivative = derivative_mean_square_cost(data[n].afterActivations[i], expected[i])
                activationDerivative = derivative_sigmoid_activation(data[n].weightedInputs[i])
                data[n].nodeValues[i] = activationDerivative * costDerivative
        else:
            for o in range(gradients[n].out_count):
                value = 0
                for i in range(gradients[n + 1].out_count):
                    if right:
                        w = network.layers[n + 1].weights[o * gradients[n + 1].out_count + i]
                        nv = data[n + 1].nodeValues[i]
                        value += nv * w
                    else:
                        value += (
                            data[n + 1].nodeValues[o] * network.layers[n + 1].weights[i * gradients[n].out_count + o]
                        )
                data[n].nodeValues[o] = value * derivative_sigmoid_activation(data[n].weightedInputs[o])

        current = gradients[n]
        for o in range(current.out_count):
            for i in range(current.in_count):
                g = data[n].nodeValues[o]
                g *= values[i] if n == 0 else data[n - 1].afterActivations[i]
                gradients[n].weights[i * current.out_count + o] += g
            gradients[n].biases[o] += data[n].nodeValues[o]


def cost(params, X, Y):
    """multi_cost, the sum over the samples."""
    network = neural_network(params)
    c = 0
    for x, y in zip(X, Y):
        result = traverse(network, x)[-1].afterActivations
        for i in range(len(y)):
            c += mean_square_cost(result[i], y[i])
    return c


def learn(params, X, Y, right):
    """The step divides the rate by the number of samples."""
    network = neural_network(params)
    gradients = neural_network([np.zeros(p.shape) for p in params]).layers
    for x, y in zip(X, Y):
        update_gradients(network, gradients, x, y, right)
    return [g for layer in gradients for g in (layer.weights, layer.biases)]


def grad(params, X, Y):
    return learn(params, X, Y, False)


def repaired(params, X, Y):
    return learn(params, X, Y, True)
