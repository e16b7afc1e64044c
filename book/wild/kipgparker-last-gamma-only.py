"""Of the units above, a hidden unit hears the last one alone, through weights that have moved."""

import numpy as np

SOURCE = "https://github.com/kipgparker/BackPropNetwork/issues/2"
THREAD = "kipgparker/BackPropNetwork #2"
DATE = "2020-07"
KIND = "gradient"
FORMULA = r"\delta^l_j = W^{l+1}_{nj} \delta^{l+1}_n \, f'(a^l_j),\; n \text{ the last above, } W \text{ moved}"
RIGHT = r"\delta^l_j = \textstyle\sum_k W^{l+1}_{kj} \delta^{l+1}_k \, f'(a^l_j)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"fan-out-overwritten"}, {"fan-out-overwritten", "stale-weights"}]
LAYERS = (3, 4, 2)
NET = dict(sizes=LAYERS, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 6
LAM = 0.0
LEARNING_RATE = 0.01


def start(rng):
    params = []
    for i in range(1, len(LAYERS)):
        params += [rng.uniform(-0.5, 0.5, (LAYERS[i], LAYERS[i - 1])), rng.uniform(-0.5, 0.5, LAYERS[i])]
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, LAYERS[0])), rng.uniform(-0.9, 0.9, (SAMPLES, LAYERS[-1]))


class NeuralNetwork:
    def __init__(self, params):
        self.layers = LAYERS
        self.weights = [p.copy() for p in params[::2]]
        self.biases = [p.copy() for p in params[1::2]]
        self.learningRate = LEARNING_RATE

    def activate(self, value):
        return np.tanh(value)

    def activateDer(self, value):
        return 1 - value * value

    def FeedForward(self, inputs):
        self.neurons = [list(inputs)] + [[0] * n for n in self.layers[1:]]
        for i in range(1, len(self.layers)):
            for j in range(self.layers[i]):
                value = 0
                for k in range(self.layers[i - 1]):
                    value += self.weights[i - 1][j][k] * self.neurons[i - 1][k]
                self.neurons[i][j] = self.activate(value + self.biases[i - 1][j])
        return self.neurons[-1]

    def Cost(self, inputs, expected):
        output = self.FeedForward(inputs)
        cost = 0
        for i in range(len(output)):
            cost += (output[i] - expected[i]) ** 2
        return cost / 2

    def BackPropagate(self, inputs, expected, right):
        """What an epoch of this one sample takes off, divided by the rate."""
        output = self.FeedForward(inputs)
        layers, weights, neurons = self.layers, self.weights, self.neurons
        before = [w.copy() for w in weights] if right else weights
        old = [w.copy() for w in weights], [b.copy() for b in self.biases]
        gamma = [[0] * n for n in layers]
        last = len(layers) - 1
        for i in range(len(output)):
            gamma[last][i] = (output[i] - expected[i]) * self.activateDer(output[i])
        for i in range(layers[last]):
            self.biases[last - 1][i] -= gamma[last][i] * self.learningRate
            for j in range(layers[last - 1]):
                weights[last - 1][i][j] -= gamma[last][i] * neurons[last - 1][j] * self.learningRate
        for i in range(len(layers) - 2, 0, -1):
            for j in range(layers[i]):
                gamma[i][j] = 0
                for k in range(len(gamma[i + 1])):
                    if right:
                        gamma[i][j] += gamma[i + 1][k] * before[i][k][j]
                    else:
                        gamma[i][j] = gamma[i + 1][k] * weights[i][k][j]
                gamma[i][j] *= self.activateDer(neurons[i][j])
            for j in range(layers[i]):
                self.biases[i - 1][j] -= gamma[i][j] * self.learningRate
                for k in range(layers[i - 1]):
                    weights[i - 1][j][k] -= gamma[i][j] * neurons[i - 1][k] * self.learningRate
        return [
            (a - b) / self.learningRate for pair in zip(zip(old[0], weights), zip(old[1], self.biases)) for a, b in pair
        ]


def cost(params, X, Y):
    return sum(NeuralNetwork(params).Cost(x, y) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    each = [NeuralNetwork(params).BackPropagate(x, y, right) for x, y in zip(X, Y)]
    return [sum(g) / len(X) for g in zip(*each)]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
