"""On the way back neuron j takes the weights at j, where the bias has the first place and j + 1 belongs."""

import numpy as np

SOURCE = "https://github.com/pstosio/Multilayer-Perceptron/commit/6ca2378"
THREAD = "pstosio/Multilayer-Perceptron 6ca2378"
DATE = "2017-04"
KIND = "gradient"
FORMULA = r"e_j = f'(z_j) \sum_k e_k w_{kj}"
RIGHT = r"e_j = f'(z_j) \sum_k e_k w_{k, j + 1},\; z_k = w_{k0} + \sum_j w_{k, j + 1} a_j"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"bias-row-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The weights of the second and third layers, each neuron's bias first."""
    return [rng.standard_normal((4, 4)), rng.standard_normal((2, 5))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.random((SAMPLES, 2))


class SigmoidalFunction:
    def initFunction(self, inputValues, weights):
        self.adderValue = sum(inputValues[i] * weights[i] for i in range(len(weights)))
        self.outputValue = 1.0 / (1.0 + np.exp(-self.adderValue))

    def getNeuronDeriativeOutput(self):
        return self.outputValue * (1.0 - self.outputValue)


class Neuron:
    def __init__(self, weights):
        self.isBias = True
        self.activateFunction = SigmoidalFunction()
        self.weights = weights
        self.delta = [0.0] * len(weights)

    def process(self, _input):
        self.input = [1, *_input]
        self.activateFunction.initFunction(self.input, self.weights)
        self.outputValue = self.activateFunction.outputValue
        self.deriative = self.activateFunction.getNeuronDeriativeOutput()


class Layer:
    def __init__(self, weights):
        self.neurons = [Neuron(w) for w in weights]

    def process(self, _input):
        for neuron in self.neurons:
            neuron.process(_input)
        self.output = [neuron.outputValue for neuron in self.neurons]


class Perceptron:
    def __init__(self, params):
        self.layers = [None] + [Layer(W) for W in params]

    def forwardPropagation(self, _input):
        output = _input
        for layer in self.layers[1:]:
            layer.process(output)
            output = layer.output
        return output

    def countErrors(self, _expectedOutput, right):
        lastLayer = self.layers[-1]
        for i, neuron in enumerate(lastLayer.neurons):
            neuron.error = (_expectedOutput[i] - neuron.outputValue) * neuron.deriative
        for i in range(len(self.layers) - 2, 0, -1):
            nextLayer, actual = self.layers[i + 1], self.layers[i]
            for j in range(len(actual.neurons)):
                hasBias = actual.neurons[j].isBias
                shift = 1 if hasBias and right else 0
                errTmp = 0.0
                for neuronFromNextLayer in nextLayer.neurons:
                    errTmp += neuronFromNextLayer.error * neuronFromNextLayer.weights[j + shift]
                actual.neurons[j].error = errTmp * actual.neurons[j].deriative

    def updateWeights(self):
        """The steps, without rate and momentum, gathered over the samples."""
        for actualLayer in self.layers[1:]:
            for neuron in actualLayer.neurons:
                for k in range(len(neuron.weights)):
                    neuron.delta[k] += neuron.error * neuron.input[k]


def cost(params, X, Y):
    """Half of the sum of squared errors, by sample."""
    perceptron = Perceptron(params)
    return sum((t - o) ** 2 for x, y in zip(X, Y) for t, o in zip(y, perceptron.forwardPropagation(x))) / 2 / len(X)


def backPropagation(params, X, Y, right):
    perceptron = Perceptron(params)
    for _input, _expected in zip(X, Y):
        perceptron.forwardPropagation(_input)
        perceptron.countErrors(_expected, right)
        perceptron.updateWeights()
    return [-np.array([neuron.delta for neuron in layer.neurons]) / len(X) for layer in perceptron.layers[1:]]


def grad(params, X, Y):
    return backPropagation(params, X, Y, False)


def repaired(params, X, Y):
    return backPropagation(params, X, Y, True)
