"""A reader wants no slope for a bias that is zero; it is that of the neuron, whatever the bias is."""

import numpy as np

SOURCE = "https://github.com/xnought/backprop-explainer/issues/18"
THREAD = "xnought/backprop-explainer #18"
DATE = "2025-01"
KIND = "right"
FORMULA = r"\partial C / \partial b_i = f'(a_i)\, \partial C / \partial a_i"
RIGHT = r"C = (\hat y - y)^2,\; a = f(w \cdot x + b),\; f \text{ a rectifier but for } \hat y"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(1, 3, 3, 1), hidden="relu", output="identity", loss="mse")
SAMPLES = 6
LAM = 0.0
SHAPE = [1, 3, 3, 1]


def start(rng):
    """Weights and biases layer by layer."""
    params = []
    for n, m in zip(SHAPE[:-1], SHAPE[1:]):
        params += [rng.standard_normal((m, n)), rng.standard_normal(m)]
    return params


def data(rng):
    return rng.uniform(0.5, 3.0, (SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


class MeanSquaredErrorLoss:
    def forward(self, yhat, y):
        self.subStep = yhat - y
        self.output = (yhat - y) ** 2

    def backward(self):
        self.dInputs = 2 * self.subStep


class Neuron:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def mult(self, array1, array2):
        return [item * array2[i] for i, item in enumerate(array1)]

    def dSum(self, dvalue, numInputs):
        return [dvalue for _ in range(numInputs)]

    def forward(self, inputs, activation):
        multStep = self.mult(inputs, self.weights)
        sumStep = sum(multStep) + self.bias
        actStep = activation(sumStep)
        self.inputs, self.actStep, self.output = inputs, actStep, actStep

    def backward(self, dvalue, activation):
        dActStep = activation(self.actStep) * dvalue
        dSumStep = self.dSum(dActStep, len(self.inputs))
        self.dBias = dActStep
        self.dWeights = self.mult(dSumStep, self.inputs)
        self.dInputs = self.mult(dSumStep, self.weights)


class NeuralNetwork:
    def __init__(self, weights, biases):
        self.model = []
        self.loss = MeanSquaredErrorLoss()
        for layer in range(len(weights)):
            dense = []
            for neuron in range(len(weights[layer])):
                dense.append(Neuron(weights[layer][neuron], biases[layer][neuron]))
            self.model.append(dense)

    def dReLU(self, input):
        return 1 if input > 0 else 0

    def dLinear(self, input):
        return 1

    def ReLU(self, input):
        return input if input.real > 0 else 0 * input

    def linear(self, input):
        return input

    def forward(self, input, label):
        inputs = [input]
        lastLayer = len(self.model)
        for layer in range(lastLayer - 1):
            outputs = []
            for neuron in self.model[layer]:
                neuron.forward(inputs, self.ReLU)
                outputs.append(neuron.output)
            inputs = outputs
        self.model[lastLayer - 1][0].forward(inputs, self.linear)
        self.yhat = self.model[lastLayer - 1][0].output
        self.loss.forward(self.yhat, label)

    def backward(self):
        self.loss.backward()
        dValues = [self.loss.dInputs]
        lastLayer = len(self.model)
        self.model[lastLayer - 1][0].backward(dValues[0], self.dLinear)
        dValues = self.model[lastLayer - 1][0].dInputs
        for layer in range(lastLayer - 2, -1, -1):
            dInputs = [0.0] * len(self.model[layer][0].inputs)
            for neuron in range(len(self.model[layer])):
                self.model[layer][neuron].backward(dValues[neuron], self.dReLU)
                dInputs = [a + b for a, b in zip(dInputs, self.model[layer][neuron].dInputs)]
            dValues = dInputs


def cost(params, X, Y):
    """The mean over the samples."""
    nn = NeuralNetwork(params[0::2], params[1::2])
    total = 0.0
    for x, y in zip(X, Y):
        nn.forward(x[0], y[0])
        total = total + nn.loss.output
    return total / len(X)


def grad(params, X, Y):
    nn = NeuralNetwork(params[0::2], params[1::2])
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        nn.forward(x[0], y[0])
        nn.backward()
        for layer, dense in enumerate(nn.model):
            for i, neuron in enumerate(dense):
                total[2 * layer][i] += np.array(neuron.dWeights) / len(X)
                total[2 * layer + 1][i] += neuron.dBias / len(X)
    return total


repaired = grad
