"""The derivative of a squared error is the target less the output, with neither the minus nor the 2."""

import numpy as np

SOURCE = "https://github.com/BoboiAzumi/Go-Simple-Neural-Network/commit/45b4954"
THREAD = "BoboiAzumi/Go-Simple-Neural-Network 45b4954"
DATE = "2024-12"
KIND = "gradient"
FORMULA = r"\frac{\partial C}{\partial a} = y - a"
RIGHT = r"\frac{\partial C}{\partial a} = -\frac2n (y - a)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign", "two-missing"}, {"factor"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((1, 3)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def MSEError(myout, ayout):
    return (ayout[0] - myout[0]) ** 2.0


def MSEDerivative(myout, ayout):
    return ayout - myout


def RepairedMSEDerivative(myout, ayout, sample):
    return (-2 / sample) * (ayout - myout)


def Sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def SigmoidDerivative(y):
    return y * (1.0 - y)


class DenseLayer:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias
        self.neuronSize, self.inputSize = weight.shape

    def Forward(self, x):
        self.input = x
        matrix = []
        for i in range(len(self.weight)):
            sum = 0
            for j in range(len(self.weight[i])):
                sum += self.weight[i][j] * x[j]
            sum += self.bias[i]
            matrix.append(Sigmoid(sum))
        self.output = matrix
        return self.output

    def Backward(self, y, right):
        """What the optimiser is given for each weight and bias, of the last layer."""
        loss_derivative = np.zeros(self.neuronSize)
        activation_derivative = np.zeros(self.neuronSize)
        for i in range(self.neuronSize):
            if right:
                loss_derivative[i] = RepairedMSEDerivative(self.output[i], y[i], self.neuronSize)
            else:
                loss_derivative[i] = MSEDerivative(self.output[i], y[i])
        for i in range(self.neuronSize):
            activation_derivative[i] = SigmoidDerivative(self.output[i])
        weight, bias = np.zeros_like(self.weight), np.zeros_like(self.bias)
        for i in range(self.neuronSize):
            for j in range(self.inputSize):
                weight[i][j] = loss_derivative[i] * activation_derivative[i] * self.input[j]
            bias[i] = loss_derivative[i] * activation_derivative[i] * 1
        return weight, bias


def cost(params, X, Y):
    layer = DenseLayer(*params)
    return sum(MSEError(layer.Forward(x), y) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    layer = DenseLayer(*params)
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        layer.Forward(x)
        for total, each in zip(grads, layer.Backward(y, right)):
            total += each / len(X)
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
