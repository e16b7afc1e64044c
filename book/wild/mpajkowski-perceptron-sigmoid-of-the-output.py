"""The slopes of all layers are taken at the neurons' outputs by a function that takes the sigmoid once more."""

import numpy as np

SOURCE = "https://github.com/mpajkowski/perceptron/commit/ed531e6"
THREAD = "mpajkowski/perceptron ed531e6"
DATE = "2018-04"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^l = \sigma(a^l) (1 - \sigma(a^l)) \odot W^{l+1\,T} \delta^{l+1}"
RIGHT = r"\delta^l = a^l (1 - a^l) \odot W^{l+1\,T} \delta^{l+1}"
READ = "code"
LAYER = [1, 2, 3]
NAMES = [{"slope-of-a-throughout"}]
NET = dict(sizes=(3, 4, 3, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 8
LAM = 0.0
CONFIGURATION = 3, 4, 3, 2


def start(rng):
    """A row of weights and a biasWeight for each neuron, layer by layer."""
    params = []
    for n, m in zip(CONFIGURATION, CONFIGURATION[1:], strict=False):
        params += [rng.standard_normal((m, n)), rng.standard_normal(m)]
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.random((SAMPLES, 2))


def sigmoid_function(x):
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    return sigmoid_function(x) * (1 - sigmoid_function(x))


class Neuron:
    def __init__(self, weights, biasWeight):
        self.weights, self.biasWeight = weights, biasWeight
        self.error = 0.0


class Net:
    def __init__(self, params, right=False):
        layers = [
            [Neuron(w, b) for w, b in zip(W, bias, strict=True)]
            for W, bias in zip(params[::2], params[1::2], strict=True)
        ]
        self.hiddenLayers, self.outputLayer = layers[:-1], layers[-1]
        self.derivative = (lambda output: output * (1.0 - output)) if right else sigmoid_derivative

    def forwardPropagation(self, inputLayer):
        for neuron in self.hiddenLayers[0]:
            neuron.inputs = list(inputLayer)
            total = 0.0
            for j in range(len(neuron.inputs)):
                total += neuron.weights[j] * neuron.inputs[j]
            total += neuron.biasWeight
            neuron.output = sigmoid_function(total)
        for previous, layer in zip(self.hiddenLayers, self.hiddenLayers[1:] + [self.outputLayer], strict=True):
            for neuron in layer:
                neuron.inputs = [p.output for p in previous]
                total = 0.0
                for k in range(len(neuron.inputs)):
                    total += neuron.inputs[k] * neuron.weights[k]
                total += neuron.biasWeight
                neuron.output = sigmoid_function(total)

    def calculateOutputError(self, trainingSet):
        globalError = 0.0
        for i in range(len(self.outputLayer)):
            localError = trainingSet[i] - self.outputLayer[i].output
            self.outputLayer[i].error = localError * self.derivative(self.outputLayer[i].output)
            globalError += localError * localError
        return globalError

    def backPropagation(self):
        hiddenLayers, outputLayer = self.hiddenLayers, self.outputLayer
        for j in range(len(hiddenLayers[-1])):
            for k in range(len(outputLayer)):
                hiddenLayers[-1][j].error += outputLayer[k].error * outputLayer[k].weights[j]
            hiddenLayers[-1][j].error *= self.derivative(hiddenLayers[-1][j].output)

        for i in reversed(range(len(hiddenLayers) - 1)):
            for j in range(len(hiddenLayers[i])):
                for k in range(len(hiddenLayers[i + 1])):
                    hiddenLayers[i][j].error += hiddenLayers[i + 1][k].error * hiddenLayers[i + 1][k].weights[j]
                hiddenLayers[i][j].error *= self.derivative(hiddenLayers[i][j].output)

    def updates(self):
        """What the neurons add to their weights, but for the rate and the momentum."""
        steps = []
        for layer in self.hiddenLayers + [self.outputLayer]:
            steps.append(np.array([[neuron.error * x for x in neuron.inputs] for neuron in layer]))
            steps.append(np.array([neuron.error for neuron in layer]))
        return steps


def cost(params, X, Y):
    """Half of the errors that run returns, averaged over the samples."""
    total = 0.0
    for x, y in zip(X, Y, strict=True):
        net = Net(params)
        net.forwardPropagation(x)
        total += 0.5 * net.calculateOutputError(y)
    return total / len(X)


def gradients(params, X, Y, right):
    """The mean over the samples of the steps, turned round; the author takes them one by one."""
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y, strict=True):
        net = Net(params, right)
        net.forwardPropagation(x)
        net.calculateOutputError(y)
        net.backPropagation()
        for t, step in zip(total, net.updates(), strict=True):
            t -= step / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
