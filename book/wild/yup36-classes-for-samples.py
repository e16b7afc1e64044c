"""The backward of softmax and loss takes the number of classes for that of samples, in its loop and in its mean."""

import numpy as np

SOURCE = "https://github.com/YUP36/NNFS-in-cpp/commit/5a26361"
THREAD = "YUP36/NNFS-in-cpp 5a26361"
DATE = "2023-07"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\delta^L_i = \tfrac1K (a^L_i - [i \le K]\, y_i),\; K \text{ the number of classes}"
RIGHT = r"\delta^L_i = \tfrac1n (a^L_i - y_i)"
READ = "reconstruction"  # the sums for the biases went over the rows, and are here as they were mended later
LAYER = [2]
NAMES = []
NET = dict(sizes=(2, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.uniform(-1.0, 1.0, shape) for shape in ((2, 5), (5,), (5, 3), (3,))]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class DenseLayer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, inputs):
        self.inputs = inputs
        self.output = (self.inputs @ self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = dvalues.sum(axis=0)
        self.dinputs = dvalues @ self.weights.T


class ActivationReLu:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.where(inputs.real > 0.0, inputs, 0.0)

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        for i in range(self.inputs.shape[0]):
            for j in range(self.inputs.shape[1]):
                if self.inputs[i, j] < 0:
                    self.dinputs[i, j] = 0


class ActivationSoftmax:
    def forward(self, inputs):
        expInput = np.exp(inputs)
        sums = expInput.sum(axis=1, keepdims=True)
        self.output = expInput / sums


class LossCategoricalCrossEntropy:
    def calculate(self, yPredicted, yTrue):
        return np.mean(self.forward(yPredicted, yTrue))

    def forward(self, yPredicted, yTrue):
        numSamples = len(yTrue)
        output = np.zeros(numSamples, yPredicted.dtype)
        for rowIndex in range(numSamples):
            output[rowIndex] = yPredicted[rowIndex, yTrue[rowIndex]]
        return -1 * np.log(output)


class ActivationSoftmaxLossCategoricalCrossEntropy:
    def __init__(self):
        self.activation = ActivationSoftmax()
        self.loss = LossCategoricalCrossEntropy()

    def forwardAndCalculate(self, inputs, yTrue):
        self.activation.forward(inputs)
        return self.loss.calculate(self.activation.output, yTrue)

    def numSamples(self, yPredicted):
        return yPredicted.shape[1]

    def backward(self, yPredicted, yTrue):
        numSamples = self.numSamples(yPredicted)
        self.dinputs = yPredicted.copy()
        for row in range(numSamples):
            self.dinputs[row, yTrue[row]] -= 1
        self.dinputs /= numSamples


class Later(ActivationSoftmaxLossCategoricalCrossEntropy):
    def numSamples(self, yPredicted):
        return yPredicted.shape[0]


def forward(params, X, Y, last=ActivationSoftmaxLossCategoricalCrossEntropy):
    layer1, activation1, layer2 = DenseLayer(*params[:2]), ActivationReLu(), DenseLayer(*params[2:])
    softmaxLoss = last()
    y = Y.argmax(axis=1)
    layer1.forward(X)
    activation1.forward(layer1.output)
    layer2.forward(activation1.output)
    return softmaxLoss.forwardAndCalculate(layer2.output, y), layer1, activation1, layer2, softmaxLoss, y


def cost(params, X, Y):
    return forward(params, X, Y)[0]


def gradients(params, X, Y, last):
    _, layer1, activation1, layer2, softmaxLoss, y = forward(params, X, Y, last)
    softmaxLoss.backward(softmaxLoss.activation.output, y)
    layer2.backward(softmaxLoss.dinputs)
    activation1.backward(layer2.dinputs)
    layer1.backward(activation1.dinputs)
    return [layer1.dweights, layer1.dbiases, layer2.dweights, layer2.dbiases]


def grad(params, X, Y):
    return gradients(params, X, Y, ActivationSoftmaxLossCategoricalCrossEntropy)


def repaired(params, X, Y):
    return gradients(params, X, Y, Later)
