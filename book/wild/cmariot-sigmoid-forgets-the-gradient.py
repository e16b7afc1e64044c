"""A sigmoid sends down its slope alone, without the gradient that comes from above."""

import numpy as np

SOURCE = "https://github.com/cmariot/multilayer_perceptron/commit/b40d63b"
THREAD = "cmariot/multilayer_perceptron b40d63b"
DATE = "2023-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = a (1 - a)"
RIGHT = r"\partial C / \partial z = \frac{\partial C}{\partial a}\, a (1 - a)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
NET = None  # two softmax outputs, each of them held against the same label by a binary cross-entropy
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0


class Sigmoid_Activation:
    right = False

    def forward(self, input):
        self.output = 1 / (1 + np.exp(-input))
        return self.output

    def backward(self, dvalues):
        if self.right:
            self.dinputs = dvalues * (1 - self.output) * self.output
        else:
            self.dinputs = (1 - self.output) * self.output
        return self.dinputs


class Softmax_Activation:
    def forward(self, input):
        exp = np.exp(input)
        self.output = exp / np.sum(exp, axis=1, keepdims=True)
        return self.output

    def backward(self, dvalues):
        self.dinput = np.empty_like(dvalues)
        for index, (single_output, single_dvalues) in enumerate(zip(self.output, dvalues)):
            single_output = single_output.reshape(-1, 1)
            jacobian_matrix = np.diagflat(single_output) - np.dot(single_output, single_output.T)
            self.dinput[index] = np.dot(jacobian_matrix, single_dvalues)
        return self.dinput


class BinaryCrossEntropy_Loss:
    """The clipping at 1e-15 is left out."""

    def calculate(self, output, y):
        return np.mean(self.forward(output, y))

    def forward(self, y_pred, y_true):
        sample_loss = -(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))
        return np.mean(sample_loss, axis=-1)

    def gradient(self, dvalues, y_true):
        samples = len(dvalues)
        outputs = len(dvalues[0])
        self.dinputs = -(y_true / dvalues - (1 - y_true) / (1 - dvalues)) / outputs
        self.dinputs = self.dinputs / samples
        return self.dinputs


class Dense_Layer:
    def __init__(self, weights, biases, activation):
        self.weights, self.biases, self.activation = weights, biases, activation

    def forward(self, inputs):
        self.inputs = inputs
        self.weighted_sum = np.dot(inputs, self.weights) + self.biases
        self.output = self.activation.forward(self.weighted_sum)
        return self.output

    def backward(self, dvalues):
        dvalues = self.activation.backward(dvalues)
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)
        return self.dinputs


class MultiLayerPerceptron:
    def __init__(self, params):
        self.layers = [Dense_Layer(*params[:2], Sigmoid_Activation()), Dense_Layer(*params[2:], Softmax_Activation())]
        self.loss_function = BinaryCrossEntropy_Loss()

    def forward(self, input):
        for layer in self.layers:
            input = layer.forward(input)
        return input

    def backward(self, dinput):
        for layer in reversed(self.layers):
            dinput = layer.backward(dinput)
        return dinput


def start(rng):
    return [
        *(rng.standard_normal((3, 4)), rng.standard_normal((1, 4))),
        *(rng.standard_normal((4, 2)), rng.standard_normal((1, 2))),
    ]


def data(rng):
    """Features between 0 and 1, and labels in a column."""
    return rng.random((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1))


def cost(params, X, Y):
    mlp = MultiLayerPerceptron(params)
    return mlp.loss_function.calculate(mlp.forward(X), Y)


def backward(params, X, Y, right):
    mlp = MultiLayerPerceptron(params)
    mlp.layers[0].activation.right = right
    mlp.backward(mlp.loss_function.gradient(mlp.forward(X), Y))
    return [d for layer in mlp.layers for d in (layer.dweights, layer.dbiases)]


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
