"""With the cross-entropy the slope is commented out in the hidden layers too, where nothing cancels it."""

import numpy as np

SOURCE = "https://github.com/TechnoChimp2000/Go-Feedforward-Neural-Network/commit/01c1a25"
THREAD = "TechnoChimp2000/Go-Feedforward-Neural-Network ea862f8, 01c1a25"
DATE = "2016-04"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^1 = W_2^T \delta^2,\; \delta^2 = a^2 - y"
RIGHT = r"\delta^1 = W_2^T \delta^2 \odot a^1 (1 - a^1),\; \delta^2 = a^2 - y"
READ = "code"  # the mending commit puts a slope into the output's delta as well, where none belongs
LAYER = [1]
NAMES = [{"slope-missing"}]
NET = None  # each layer has one bias for all its neurons, which is drawn once and never trained
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0
TOPOLOGY, BIASES = (4, 3, 1), (0.4, 0.7, 0.0)


def start(rng):
    """A row for each neuron."""
    return [rng.standard_normal((3, 4)), rng.standard_normal((1, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class LogisticActivationFunction:
    def Activate(self, input):
        return 1.0 / (1.0 + np.exp(-input))

    def Derivative(self, input):
        return input * (1 - input)


class Neuron:
    def __init__(self):
        self.output, self.InputConnections, self.ConnectedToInNextLayer = 0.0, [], []


class Connection:
    def __init__(self, From, To, Weight):
        self.From, self.To, self.Weight = From, To, Weight


class NeuronLayer:
    def __init__(self, neuronNumber, bias):
        self.Neurons, self.Bias = [Neuron() for _ in range(neuronNumber)], bias
        self.deltas = [0.0] * neuronNumber  # of the next layer, which is not larger


class CrossEntrophyCostFunction:
    right = False

    def calculateTotalError(self, actual, output):
        retval = 0.0
        for outputIndex, singleOutput in enumerate(output):
            factor = singleOutput * np.log(actual[outputIndex]) + (1 - singleOutput) * np.log(1 - actual[outputIndex])
            retval += factor
        retval = -retval
        return retval / len(output)

    def calculateWeightDeltaInLastLayer(self, n, neuron, neuronIndex, neuronLayerIndex, trainingSampleOutput):
        factor1 = neuron.output - trainingSampleOutput[neuronIndex]
        # factor2 := n.activationFunction.Derivative(neuron.output)
        n.neuronLayers[neuronLayerIndex - 1].deltas[neuronIndex] = factor1

    def calculateWeightDelta(self, n, neuron, neuronIndex, neuronLayerIndex, trainingSampleOutput):
        factor1 = 0.0
        for neuronInNextLayerIndex, neuronInNextLayer in enumerate(neuron.ConnectedToInNextLayer):
            weight = neuronInNextLayer.InputConnections[neuronIndex].Weight
            factor1 += n.neuronLayers[neuronLayerIndex].deltas[neuronInNextLayerIndex] * weight
        # factor2 := n.activationFunction.Derivative(neuron.output)
        n.neuronLayers[neuronLayerIndex - 1].deltas[neuronIndex] = factor1
        if self.right:
            factor2 = n.activationFunction.Derivative(neuron.output)
            n.neuronLayers[neuronLayerIndex - 1].deltas[neuronIndex] = factor1 * factor2


class MendedCostFunction(CrossEntrophyCostFunction):
    right = True


class NeuralNetwork:
    def __init__(self, params, costFunction):
        self.neuronLayers = [NeuronLayer(number, bias) for number, bias in zip(TOPOLOGY, BIASES)]
        self.activationFunction, self.costFunction = LogisticActivationFunction(), costFunction
        for W, layer, nextLayer in zip(params, self.neuronLayers, self.neuronLayers[1:]):
            for neuron in layer.Neurons:
                neuron.ConnectedToInNextLayer = nextLayer.Neurons
            for row, To in zip(W, nextLayer.Neurons):
                To.InputConnections = [Connection(From, To, weight) for From, weight in zip(layer.Neurons, row)]

    def feedForward(self, trainingSampleInput):
        for neuronLayerIndex, neuronLayer in enumerate(self.neuronLayers):
            if neuronLayerIndex == 0:
                for trainingInputIndex, trainingValue in enumerate(trainingSampleInput):
                    neuronLayer.Neurons[trainingInputIndex].output = trainingValue
            else:
                for neuron in neuronLayer.Neurons:
                    result = sum(connection.From.output * connection.Weight for connection in neuron.InputConnections)
                    bias = self.neuronLayers[neuronLayerIndex - 1].Bias
                    neuron.output = self.activationFunction.Activate(result + bias)
        return [neuron.output for neuron in self.neuronLayers[-1].Neurons]

    def backPropagate(self, trainingSampleOutput):
        for i in range(len(self.neuronLayers) - 1, 0, -1):
            last = i == len(self.neuronLayers) - 1
            for neuronIndex, neuron in enumerate(self.neuronLayers[i].Neurons):
                if last:
                    self.costFunction.calculateWeightDeltaInLastLayer(
                        self, neuron, neuronIndex, i, trainingSampleOutput
                    )
                else:
                    self.costFunction.calculateWeightDelta(self, neuron, neuronIndex, i, trainingSampleOutput)

    def updates(self):
        """What the weights are moved by after each sample, over the rate."""
        grads = []
        for indexLayer, layer in enumerate(self.neuronLayers[1:]):
            rows = []
            for indexNeuron, neuron in enumerate(layer.Neurons):
                update = self.neuronLayers[indexLayer].deltas[indexNeuron]
                rows.append([update * connection.From.output for connection in neuron.InputConnections])
            grads.append(np.array(rows))
        return grads


def cost(params, X, Y):
    n = NeuralNetwork(params, CrossEntrophyCostFunction())
    return sum(n.costFunction.calculateTotalError(n.feedForward(x), y) for x, y in zip(X, Y))


def gradients(params, X, Y, costFunction):
    n, total = NeuralNetwork(params, costFunction), [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        n.feedForward(x)
        n.backPropagate(y)
        total = [t + g for t, g in zip(total, n.updates())]
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, CrossEntrophyCostFunction())


def repaired(params, X, Y):
    return gradients(params, X, Y, MendedCostFunction())
