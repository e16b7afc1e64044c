"""The backward of softmax takes one off for the labels of all samples in each sample's row."""

import numpy as np

SOURCE = "https://github.com/nerdinand/nnfs-ruby/commit/2adb436"
THREAD = "nerdinand/nnfs-ruby 2adb436"
DATE = "2021-01"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\delta^L_{ij} = \tfrac1n (a^L_{ij} - 1) \text{ for all classes } j \text{ that are among the labels}"
RIGHT = r"\delta^L_{ij} = \tfrac1n (a^L_{ij} - y_{ij})"
READ = "reconstruction"  # the loss picked its confidences in the same way, and is here as the commit has mended it
LAYER = [2]
NAMES = []
NET = dict(sizes=(2, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((2, 5)),
        rng.standard_normal((1, 5)),
        rng.standard_normal((5, 3)),
        rng.standard_normal((1, 3)),
    ]


def data(rng):
    """Three samples of each class."""
    return rng.standard_normal((SAMPLES, 2)), np.eye(3)[rng.permutation(np.arange(SAMPLES) % 3)]


class LayerDense:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs.dot(self.weights) + self.biases

    def backward(self, dvalues):
        # gradients on parameters
        self.dweights = self.inputs.T.dot(dvalues)
        self.dbiases = dvalues.sum(axis=0, keepdims=True)

        # gradient on values
        self.dinputs = dvalues.dot(self.weights.T)


class ActivationReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.where(inputs.real > 0, inputs, 0)

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()

        # Zero gradient where input values were negative
        self.dinputs[self.inputs <= 0] = 0


class ActivationSoftmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - inputs.real.max(axis=1, keepdims=True))
        self.output = exp_values / exp_values.sum(axis=1, keepdims=True)


class LossCategoricalCrossentropy:
    def calculate(self, y_pred, y):
        return self.forward(y_pred, y).mean()

    def forward(self, y_pred, y):
        n_samples = y_pred.shape[0]
        correct_confidences = y_pred[0:n_samples, y].diagonal()
        return -np.log(correct_confidences)


class ActivationSoftmaxLossCategoricalCrossentropy:
    def __init__(self):
        self.activation = ActivationSoftmax()
        self.loss = LossCategoricalCrossentropy()

    def forward(self, inputs, y_true):
        self.activation.forward(inputs)
        self.output = self.activation.output
        return self.loss.calculate(self.output, y_true)

    def backward(self, dvalues, y_true):
        n_samples = dvalues.shape[0]

        # Copy so we can safely modify
        self.dinputs = dvalues.copy()
        # Calculate gradient
        self.subtract(n_samples, y_true)
        # Normalize gradient
        self.dinputs = self.dinputs / n_samples

    def subtract(self, n_samples, y_true):
        """All rows, and in each the columns of all labels; a column that comes twice is written twice."""
        self.dinputs[0:n_samples, y_true] -= 1


class Later(ActivationSoftmaxLossCategoricalCrossentropy):
    def subtract(self, n_samples, y_true):
        """One column for each row, as the view that the author takes."""
        self.dinputs[np.arange(n_samples), y_true] -= 1


def forward(params, X, Y, last=ActivationSoftmaxLossCategoricalCrossentropy):
    dense1, activation1, dense2 = LayerDense(*params[:2]), ActivationReLU(), LayerDense(*params[2:])
    loss_activation = last()
    y = Y.argmax(axis=1)
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    return loss_activation.forward(dense2.output, y), dense1, activation1, dense2, loss_activation, y


def cost(params, X, Y):
    return forward(params, X, Y)[0]


def gradients(params, X, Y, last):
    _, dense1, activation1, dense2, loss_activation, y = forward(params, X, Y, last)
    loss_activation.backward(loss_activation.output, y)
    dense2.backward(loss_activation.dinputs)
    activation1.backward(dense2.dinputs)
    dense1.backward(activation1.dinputs)
    return [dense1.dweights, dense1.dbiases, dense2.dweights, dense2.dbiases]


def grad(params, X, Y):
    return gradients(params, X, Y, ActivationSoftmaxLossCategoricalCrossentropy)


def repaired(params, X, Y):
    return gradients(params, X, Y, Later)
