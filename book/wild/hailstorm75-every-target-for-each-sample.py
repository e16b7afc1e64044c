"""After each sample the way back is gone once for every target of the set, instead of for the sample's own."""

import numpy as np

SOURCE = "https://github.com/hailstorm75/BackPropNeuralNetwork/commit/beb8918"
THREAD = "hailstorm75/BackPropNeuralNetwork beb8918"
DATE = "2017-09"
KIND = "gradient"
FORMULA = r"\nabla = \sum_i \sum_j \frac{\partial}{\partial \theta} \tfrac12 \lVert a(x_i) - y_j \rVert^2"
RIGHT = r"\nabla = \sum_i \frac{\partial}{\partial \theta} \tfrac12 \lVert a(x_i) - y_i \rVert^2"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 5, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")  # no bias
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.uniform(0.0001, 0.9999, n * k) for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.integers(0, 2, (SAMPLES, SIZES[0])) + rng.normal(0, 0.1, (SAMPLES, SIZES[0])), rng.integers(
        0, 2, (SAMPLES, 1)
    ).astype(float)


class Layer:
    def __init__(self, numberOfInputs, numberOfOutputs, weights):
        self.numberOfInputs, self.numberOfOutputs = numberOfInputs, numberOfOutputs
        self.weights = weights
        self.weightsDelta = np.zeros(len(weights))
        self.moved = np.zeros(len(weights))

    def FeedForward(self, inputs):
        self.inputs = inputs
        self.outputs = []
        for out in range(self.numberOfOutputs):
            total = 0
            for i in range(self.numberOfInputs):
                total = total + inputs[i] * self.weights[out * self.numberOfInputs + i]
            self.outputs.append(np.tanh(total))
        return self.outputs

    def DeriveFunction(self, value):
        return 1 - value * value

    def BackPropOutput(self, expected):
        self.gamma = np.zeros(self.numberOfOutputs)
        for out in range(self.numberOfOutputs):
            error = self.outputs[out] - expected[out]
            self.gamma[out] = error * self.DeriveFunction(self.outputs[out])
        self.deltas()

    def BackPropHidden(self, gammaForward, weightsForward):
        self.gamma = np.zeros(self.numberOfOutputs)
        for out in range(self.numberOfOutputs):
            for i in range(len(gammaForward)):
                self.gamma[out] += gammaForward[i] * weightsForward[i * self.numberOfOutputs + out]
            self.gamma[out] *= self.DeriveFunction(self.outputs[out])
        self.deltas()

    def deltas(self):
        for out in range(self.numberOfOutputs):
            for i in range(self.numberOfInputs):
                self.weightsDelta[out * self.numberOfInputs + i] = self.gamma[out] * self.inputs[i]

    def UpdateWeights(self):
        """Adds up what is to be subtracted, the weights staying where they are."""
        self.moved += self.weightsDelta


class NeuralNetwork:
    def __init__(self, params):
        self.layers = [Layer(k, n, w) for k, n, w in zip(SIZES, SIZES[1:], params)]

    def FeedForward(self, inputs):
        for layer in self.layers:
            inputs = layer.FeedForward(inputs)
        return inputs

    def BackPropagate(self, expected):
        for l in range(len(self.layers) - 1, -1, -1):
            if l == len(self.layers) - 1:
                self.layers[l].BackPropOutput(expected)
            else:
                self.layers[l].BackPropHidden(self.layers[l + 1].gamma, self.layers[l + 1].weights)
        for layer in self.layers:
            layer.UpdateWeights()

    def TrainNetwork(self, inputData, outputData, right):
        for i in range(len(inputData)):
            self.FeedForward(inputData[i])
            if right:
                self.BackPropagate(outputData[i])
            else:
                for out in range(len(outputData)):
                    self.BackPropagate(outputData[out])
        return [layer.moved / len(inputData) for layer in self.layers]


def cost(params, X, Y):
    net = NeuralNetwork(params)
    return sum(0.5 * (a - e) ** 2 for x, y in zip(X, Y) for a, e in zip(net.FeedForward(x), y)) / len(X)


def grad(params, X, Y):
    return NeuralNetwork(params).TrainNetwork(X, Y, right=False)


def repaired(params, X, Y):
    return NeuralNetwork(params).TrainNetwork(X, Y, right=True)
