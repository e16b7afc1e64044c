"""The backward pass of the rectifier keeps what is positive in the gradient handed down, and not in its own inputs."""

import numpy as np

SOURCE = "https://github.com/RomanVolkov/nnfs_go/commit/56772e6"
THREAD = "RomanVolkov/nnfs_go 56772e6"
DATE = "2024-06"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial C / \partial z^1 = \max(0,\; \partial C / \partial a^1)"
RIGHT = r"\partial C / \partial z^1 = \partial C / \partial a^1 \odot [z^1 > 0]"
READ = "code"
LAYER = [1]
NAMES = [{"mask-of-gradient"}]
NET = dict(sizes=(2, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    """Each column has the weights of a neuron."""
    shapes = [(2, 5), (1, 5), (5, 3), (1, 3)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class Layer:
    def __init__(self, Weights, Biases):
        self.Weights, self.Biases = Weights, Biases

    def Forward(self, inputs):
        self.inputs = inputs.copy()
        result = inputs @ self.Weights
        rows, cols = result.shape
        for i in range(rows):
            for j in range(cols):
                result[i, j] = result[i, j] + self.Biases[0, j]
        self.Output = result

    def Backward(self, dvalues):
        self.DInputs = dvalues @ self.Weights.T
        biasesCols = dvalues.shape[1]
        self.DBiases = np.zeros((1, biasesCols))
        for i in range(biasesCols):
            self.DBiases[0, i] = np.sum(dvalues[:, i])
        self.DWeights = self.inputs.T @ dvalues


class Activation_ReLU:
    def Forward(self, inputs):
        self.inputs = inputs.copy()
        self.Output = np.where(inputs.real > 0, inputs, 0)

    def Backward(self, dvalues):
        self.DInputs = dvalues.copy()
        self.DInputs = np.where(self.DInputs <= 0, 0, self.DInputs)


class Activation_ReLU_later(Activation_ReLU):
    def Backward(self, dvalues):
        self.DInputs = dvalues.copy()
        self.DInputs = np.where(self.inputs <= 0, 0, self.DInputs)


class SoftmaxActivation:
    def Forward(self, inputs):
        self.Output = np.zeros_like(inputs)
        for i in range(len(inputs)):
            expValues = np.exp(inputs[i] - inputs[i].real.max())
            self.Output[i] = expValues / expValues.sum()


class CategoricalCrossentropyLoss:
    def Calculate(self, prediction, y):
        sampleLosses = self.Forward(prediction, y)
        return np.sum(sampleLosses) / len(sampleLosses)

    def Forward(self, prediction, target):
        confidences = np.array([prediction[i, target[i]] for i in range(len(target))])
        return -1 * np.log(confidences)


class ActivationSoftmaxLossCategorialCrossentropy:
    def __init__(self):
        self.activation = SoftmaxActivation()
        self.loss = CategoricalCrossentropyLoss()

    def Forward(self, inputs, y):
        self.activation.Forward(inputs)
        self.Output = self.activation.Output.copy()
        return self.loss.Calculate(self.Output, y)

    def Backward(self, dvalues, y):
        samplesCount = len(dvalues)
        self.DInputs = dvalues.copy()
        for i in range(samplesCount):
            self.DInputs[i, y[i]] = self.DInputs[i, y[i]] - 1.0
        self.DInputs = self.DInputs / samplesCount


def forward(params, X, Y, ReLU=Activation_ReLU):
    layer1, activation1, layer2 = Layer(*params[:2]), ReLU(), Layer(*params[2:])
    loss_activation = ActivationSoftmaxLossCategorialCrossentropy()
    y = Y.argmax(axis=1)
    layer1.Forward(X)
    activation1.Forward(layer1.Output)
    layer2.Forward(activation1.Output)
    loss = loss_activation.Forward(layer2.Output, y)
    return loss, layer1, activation1, layer2, loss_activation, y


def cost(params, X, Y):
    return forward(params, X, Y)[0]


def gradients(params, X, Y, ReLU):
    _, layer1, activation1, layer2, loss_activation, y = forward(params, X, Y, ReLU)
    loss_activation.Backward(loss_activation.Output, y)
    layer2.Backward(loss_activation.DInputs)
    activation1.Backward(layer2.DInputs)
    layer1.Backward(activation1.DInputs)
    return [layer1.DWeights, layer1.DBiases, layer2.DWeights, layer2.DBiases]


def grad(params, X, Y):
    return gradients(params, X, Y, Activation_ReLU)


def repaired(params, X, Y):
    return gradients(params, X, Y, Activation_ReLU_later)
