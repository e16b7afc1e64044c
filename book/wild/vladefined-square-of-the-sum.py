"""The derivative of the hyperbolic tangent squares the weighted sum that it is given, as if it were the activation."""

import numpy as np

SOURCE = "https://github.com/Vladefined/simple-neural-network/commit/5d07817"
THREAD = "Vladefined/simple-neural-network 5d07817"
DATE = "2020-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (a - y) \odot (1 - z^2)\, x^T,\; a = \tanh z"
RIGHT = r"\partial C / \partial W = (a - y) \odot (1 - a^2)\, x^T"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-formula-of-z"}]
NET = None  # an input and an output layer without biases
BLOCKS = ["W[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """No hidden layer: what comes down to one is a sum over all weights above, which is not right to this day."""
    return [0.6 * rng.standard_normal((3, 4))]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.uniform(-0.9, 0.9, (SAMPLES, 3))


class TanH:
    def __init__(self, right):
        self.right = right

    def activate(self, x):
        return np.tanh(x)

    def derivative(self, x):
        if self.right:
            return 1 - self.activate(x) * self.activate(x)
        return 1 - x * x


class NNLayer:
    def __init__(self, neurons, weights=None, activation=None):
        self.neurons, self.weights, self.activation = neurons, weights, activation
        if weights is not None:
            self.localGradients = np.zeros(weights.shape)

    def feed(self, previous):
        previousNeurons = previous.neurons
        for i in range(len(self.neurons)):
            sum = 0
            for j in range(len(previousNeurons)):
                sum += self.weights[i, j] * previousNeurons[j]
            self.neurons[i] = self.activation.activate(sum)

    def cost(self, expected):
        result = 0
        for i in range(len(self.neurons)):
            result += (expected[i] - self.neurons[i]) * (expected[i] - self.neurons[i])
        return 1.0 / 2 * result


class NNLayers:
    def __init__(self, weights, right=False):
        inputs = NNLayer(np.zeros(weights.shape[1]))
        self.layers = [inputs, NNLayer(np.zeros(weights.shape[0], weights.dtype), weights, TanH(right))]

    def feedForward(self, input):
        self.layers[0].neurons = input
        for i in range(1, len(self.layers)):
            self.layers[i].feed(self.layers[i - 1])

    def rawResult(self, layerNum, neuronNum):
        layer = self.layers[layerNum]
        prevLayer = self.layers[layerNum - 1]
        result = 0
        for i in range(len(prevLayer.neurons)):
            result += prevLayer.neurons[i] * layer.weights[neuronNum, i]
        return result

    def backPropagate(self, excepted, deltaWeights, learningRate):
        """The author adds deltaWeight to the weights at once."""
        i = len(self.layers) - 1
        prevLayer = self.layers[i - 1]
        layer = self.layers[i]
        neurons = layer.neurons
        localGradients = layer.localGradients
        for j in range(len(neurons)):
            errorSignal = excepted[j] - neurons[j]
            for k in range(len(prevLayer.neurons)):
                localGradients[j, k] = errorSignal * layer.activation.derivative(self.rawResult(i, j))
                deltaWeight = learningRate * localGradients[j, k] * prevLayer.neurons[k]
                deltaWeights[j, k] += deltaWeight


def cost(params, X, Y):
    layers, total = NNLayers(params[0]), 0
    for x, y in zip(X, Y):
        layers.feedForward(x)
        total += layers.layers[-1].cost(y)
    return total / len(Y)


def gradients(params, X, Y, right):
    layers, deltaWeights = NNLayers(params[0], right), np.zeros(params[0].shape)
    for x, y in zip(X, Y):
        layers.feedForward(x)
        layers.backPropagate(y, deltaWeights, 1 / len(Y))
    return [-deltaWeights]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
