"""A hidden unit sums its outgoing weights times its own output, where the deltas above should stand."""

import numpy as np

SOURCE = "https://github.com/Vladimir-Pavelka/Neural-Net-Backpropagation/commit/e1ee08c"
THREAD = "Vladimir-Pavelka/Neural-Net-Backpropagation e1ee08c"
DATE = "2018-05"
KIND = "gradient"
FORMULA = r"\delta^1_k = \Bigl(\sum_o w^2_{ok}\, a^1_k\Bigr) a^1_k (1 - a^1_k)"
RIGHT = r"\delta^1_k = \Bigl(\sum_o w^2_{ok}\, \delta^2_o\Bigr) a^1_k (1 - a^1_k)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # the biases are drawn once and belong to no parameter
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0

INPUTS, HIDDEN, OUTPUTS = 3, 4, 2
BIASES = np.random.default_rng(5).uniform(0, 1, HIDDEN), np.random.default_rng(6).uniform(0, 1, OUTPUTS)


def start(rng):
    return [rng.uniform(0, 1, (HIDDEN, INPUTS)), rng.uniform(0, 1, (OUTPUTS, HIDDEN))]


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.integers(0, 2, (SAMPLES, OUTPUTS)).astype(float)


class Neuron:
    def __init__(self, Weights, Bias):
        self.Weights, self.Bias = Weights, Bias

    def Evaluate(self, input):
        dotProduct = sum(inputValue * weight for inputValue, weight in zip(input, self.Weights))
        self.LastOutput = 1 / (1 + np.exp(-(dotProduct + self.Bias)))
        return self.LastOutput


class NeuralNetwork:
    def __init__(self, params):
        self.HiddenLayer = [Neuron(w, b) for w, b in zip(params[0], BIASES[0])]
        self.OutputLayer = [Neuron(w, b) for w, b in zip(params[1], BIASES[1])]

    def ForwardPass(self, input):
        hiddenLayerOutput = [neuron.Evaluate(input) for neuron in self.HiddenLayer]
        return [neuron.Evaluate(hiddenLayerOutput) for neuron in self.OutputLayer]


def TotalError(ideal, actual):
    return sum(0.5 * (i - a) * (i - a) for i, a in zip(ideal, actual))


def cost(params, X, Y):
    net = NeuralNetwork(params)
    return sum(TotalError(y, net.ForwardPass(x)) for x, y in zip(X, Y)) / len(X)


def OutputDelta(idealOutput, actualOutput):
    return (actualOutput - idealOutput) * actualOutput * (1 - actualOutput)


def OutputWeightDelta(delta, input):
    return delta * input


def HiddenWeightDelta(outputWeightedDeltaSum, hiddenOutput, input):
    return outputWeightedDeltaSum * hiddenOutput * (1 - hiddenOutput) * input


def adjustments(net, x, y, right):
    """Of one sample, all taken before any weight moves."""
    output = net.ForwardPass(x)
    outputDeltas = [OutputDelta(ideal, actual) for actual, ideal in zip(output, y)]
    outputWeightsAdjustments = [[OutputWeightDelta(d, h.LastOutput) for h in net.HiddenLayer] for d in outputDeltas]

    if right:
        outputWeightedDeltaSums = [
            sum(o.Weights[idx] * oDelta for o, oDelta in zip(net.OutputLayer, outputDeltas))
            for idx, _ in enumerate(net.HiddenLayer)
        ]
    else:
        outputWeightedDeltaSums = [
            sum(o.Weights[idx] * h.LastOutput for o in net.OutputLayer) for idx, h in enumerate(net.HiddenLayer)
        ]

    hiddenDeltaPairs = list(zip([h.LastOutput for h in net.HiddenLayer], outputWeightedDeltaSums))
    hiddenWeightsAdjustments = [
        [HiddenWeightDelta(Delta, HiddenOutput, i) for i in x] for HiddenOutput, Delta in hiddenDeltaPairs
    ]
    return np.array(hiddenWeightsAdjustments), np.array(outputWeightsAdjustments)


def gradients(params, X, Y, right):
    net = NeuralNetwork(params)
    grads = [np.zeros_like(w) for w in params]
    for x, y in zip(X, Y):
        for total, each in zip(grads, adjustments(net, x, y, right)):
            total += each / len(X)
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
