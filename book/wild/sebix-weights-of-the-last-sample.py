"""Weights keep the last sample's derivative, hidden errors pile up over the samples, and each layer brings a 2."""

import numpy as np

SOURCE = "https://github.com/SebixDrela2/NeuralNET/commit/7a0d250"
THREAD = "SebixDrela2/NeuralNET 7a0d250"
DATE = "2025-04"
KIND = "gradient"
GROUP = "blocks"
FORMULA = (
    r"\partial C / \partial W^l = \tfrac1m a^{l-1}_m \delta^{l\,T}_m,\; "
    r"\delta^1_i = 2 f'(a^1_i) \odot \textstyle\sum_{j \le i} W^2 \delta^2_j"
)
RIGHT = (
    r"\partial C / \partial W^l = \tfrac1m \textstyle\sum_i a^{l-1}_i \delta^{l\,T}_i,\; "
    r"\delta^1_i = f'(a^1_i) \odot W^2 \delta^2_i"
)
READ = "code"  # the commit mends the first two; the 2 of the hidden layer stayed in it
LAYER = [1, 2]
NAMES = [{"samples-overwritten"}, {"accumulated"}, {"samples-overwritten", "accumulated"}]
NET = dict(sizes=(2, 3, 1), hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 5
LAM = 0.0
COUNT = 2


def start(rng):
    """Weights with the inputs in rows, and biases, layer by layer."""
    return [rng.standard_normal(shape) for shape in ((2, 3), (1, 3), (3, 1), (1, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(0.1, 0.9, (SAMPLES, 1))


class NeuralFramework:
    def __init__(self, params):
        self.MatrixWeights = [p.copy() for p in params[::2]]
        self.MatrixBiases = [p.copy() for p in params[1::2]]
        self.MatrixInputs = [np.zeros((1, 2)), np.zeros((1, 3)), np.zeros((1, 1))]

    def ZeroOut(self):
        for i in range(COUNT):
            self.MatrixInputs[i].fill(0)
            self.MatrixWeights[i].fill(0)
            self.MatrixBiases[i].fill(0)

    def Forward(self):
        for i in range(COUNT):
            self.MatrixInputs[i + 1] = self.MatrixInputs[i] @ self.MatrixWeights[i]
            self.MatrixInputs[i + 1] += self.MatrixBiases[i]
            self.MatrixInputs[i + 1] = 1 / (1 + np.exp(-self.MatrixInputs[i + 1]))

    def Loss(self, trainingInput, trainingOutput):
        result = 0.0
        for i in range(len(trainingInput)):
            self.MatrixInputs[0][0] = trainingInput[i]
            self.Forward()
            for j in range(trainingOutput.shape[1]):
                difference = self.MatrixInputs[COUNT][0, j] - trainingOutput[i, j]
                result += difference * difference
        return result / len(trainingInput)

    def BackPropagate(self, gradient, trainingInput, trainingOutput, right):
        gradient.ZeroOut()  # as for the first call

        for i in range(len(trainingInput)):
            self.MatrixInputs[0][0] = trainingInput[i]
            self.Forward()

            if right:
                for m in range(COUNT):
                    gradient.MatrixInputs[m].fill(0)

            for j in range(trainingOutput.shape[1]):
                difference = self.MatrixInputs[COUNT][0, j] - trainingOutput[i, j]
                gradient.MatrixInputs[COUNT][0, j] = difference

            for l in range(COUNT, 0, -1):
                for j in range(self.MatrixInputs[l].shape[1]):
                    a = self.MatrixInputs[l][0, j]
                    differenceA = gradient.MatrixInputs[l][0, j]
                    computed = differenceA * a * (1 - a)
                    if l == COUNT or not right:
                        computed *= 2
                    gradient.MatrixBiases[l - 1][0, j] += computed

                    for k in range(self.MatrixInputs[l - 1].shape[1]):
                        previousLayer = self.MatrixInputs[l - 1][0, k]
                        weight = self.MatrixWeights[l - 1][k, j]

                        computedLayer = computed * previousLayer
                        computedWeight = computed * weight

                        if right:
                            gradient.MatrixWeights[l - 1][k, j] += computedLayer
                        else:
                            gradient.MatrixWeights[l - 1][k, j] = computedLayer
                        gradient.MatrixInputs[l - 1][0, k] += computedWeight

        for i in range(COUNT):
            gradient.MatrixWeights[i] /= len(trainingInput)
            gradient.MatrixBiases[i] /= len(trainingInput)


def cost(params, X, Y):
    return NeuralFramework(params).Loss(X, Y)


def gradients(params, X, Y, right):
    gradient = NeuralFramework(params)
    NeuralFramework(params).BackPropagate(gradient, X, Y, right)
    return [m for pair in zip(gradient.MatrixWeights, gradient.MatrixBiases) for m in pair]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
