"""On the way back to a hidden layer the weights above are commented out."""

import numpy as np

SOURCE = "https://github.com/honzour/backpropagation/commit/cf8b7bf"
THREAD = "honzour/backpropagation cf8b7bf"
DATE = "2014-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^1_k = \textstyle\sum_l (a^2_l - y_l)\, a^2_l (1 - a^2_l)"
RIGHT = r"\partial C / \partial a^1_k = \textstyle\sum_l (a^2_l - y_l)\, a^2_l (1 - a^2_l)\, w^2_{lk}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """One array a layer: a row a neuron, its bias first."""
    return [rng.standard_normal((n, m + 1)) for m, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.random((SAMPLES, SIZES[-1]))


def sigma(x):
    return 1.0 / (1.0 + np.exp(-x))


class Neuron:
    def __init__(self, weights):
        self.weights = weights
        self.weightsDerivation = np.zeros_like(weights)
        self.potential = self.output = self.derivation = 0.0


class Network:
    def __init__(self, params, inputs, outputs):
        self.layers = [[Neuron(weights) for weights in layer] for layer in params]
        self.inputs, self.outputs = inputs, outputs

    def calculate(self, input):
        layers = self.layers
        for i in range(len(layers)):
            for n in layers[i]:
                potential = 0
                for k in range(1, len(n.weights)):
                    potential = potential + (input[k - 1] if i == 0 else layers[i - 1][k - 1].output) * n.weights[k]
                potential = potential + n.weights[0]
                n.potential = potential
                n.output = sigma(potential)
        return [n.output for n in layers[-1]]

    def getError(self):
        sumError = 0
        for i in range(len(self.inputs)):
            output = self.calculate(self.inputs[i])
            for j in range(len(output)):
                diff = output[j] - self.outputs[i][j]
                sumError = sumError + diff * diff
        return sumError * 0.5

    def trainingStep(self, right):
        """The derivatives over all samples; the step itself is left out."""
        layers, inputs, outputs = self.layers, self.inputs, self.outputs
        for i in range(len(inputs)):
            self.calculate(inputs[i])
            for j in range(len(layers) - 1, -1, -1):
                for k in range(len(layers[j])):
                    n = layers[j][k]
                    if j == len(layers) - 1:
                        n.derivation = n.output - outputs[i][k]
                    else:
                        n.derivation = 0
                        for n2 in layers[j + 1]:
                            if right:
                                n.derivation += n2.derivation * n2.output * (1 - n2.output) * n2.weights[k + 1]
                            else:
                                n.derivation += n2.derivation * n2.output * (1 - n2.output)
                    for l in range(len(n.weights)):
                        below = 1 if l == 0 else inputs[i][l - 1] if j == 0 else layers[j - 1][l - 1].output
                        n.weightsDerivation[l] += n.derivation * n.output * (1 - n.output) * below
        return [np.array([n.weightsDerivation for n in layer]) for layer in layers]


def cost(params, X, Y):
    return Network(params, X, Y).getError()


def grad(params, X, Y):
    return Network(params, X, Y).trainingStep(right=False)


def repaired(params, X, Y):
    return Network(params, X, Y).trainingStep(right=True)
