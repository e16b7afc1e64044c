"""The derivative of the loss enters the last dense layer, and the softmax's own derivative is skipped."""

import numpy as np

SOURCE = "https://github.com/computemachines/nnfs-rust/commit/4e5c0a6"
THREAD = "computemachines/nnfs-rust 4e5c0a6"
DATE = "2023-06"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\delta^L = -\dfrac{y}{a^L}"
RIGHT = r"\delta^L = \bigl(\text{diag}(a^L) - a^L a^{L\,T}\bigr) \Bigl(-\dfrac{y}{a^L}\Bigr) = a^L - y"
READ = "code"  # the layers are the author's, put together to a small network
LAYER = [2]
NAMES = [{"output-slope-forgotten"}, {"formula"}, {"line"}]
NET = dict(sizes=(2, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Weights (one row for each input) and biases."""
    return [
        rng.standard_normal((2, 5)),
        rng.standard_normal((1, 5)),
        rng.standard_normal((5, 3)),
        rng.standard_normal((1, 3)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class LayerDense:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases
        return self.output

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = dvalues @ self.weights.T
        return self.dinputs


class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.where(inputs.real > 0, inputs, 0)
        return self.output

    def backward(self, dvalues):
        self.dinputs = np.where(self.inputs > 0, dvalues, 0)
        return self.dinputs


class Softmax:
    def forward(self, inputs):
        self.inputs = inputs
        exp_values = np.exp(inputs)
        norm_per_input = exp_values.sum(axis=1).reshape(-1, 1)
        self.output = exp_values / norm_per_input
        return self.output

    def backward(self, dvalues):
        self.dinputs = np.zeros(dvalues.shape)
        for index, (single_output, single_dvalues) in enumerate(zip(self.output, dvalues)):
            single_output = single_output.reshape(-1, 1)
            jacobian = np.diagflat(single_output) - single_output @ single_output.T
            self.dinputs[index] = jacobian @ single_dvalues
        return self.dinputs


class LossCategoricalCrossentropy:
    def calculate(self, output, y):
        return np.mean(self.forward(output, y))

    def forward(self, y_pred, y_true):
        correct_confidences = (y_pred * y_true).sum(axis=1)
        return -np.log(correct_confidences)

    def backward(self, dvalues, y_true):
        # number of samples
        samples = len(dvalues)
        # calculate normalized gradient
        self.dinputs = -y_true / (dvalues * samples)


class Model:
    def __init__(self, params):
        self.layers = [LayerDense(params[0], params[1]), ReLU(), LayerDense(params[2], params[3])]
        self.final_activation = Softmax()
        self.loss = LossCategoricalCrossentropy()

    def forward(self, inputs):
        prev_output = inputs
        for layer in self.layers:
            prev_output = layer.forward(prev_output)
        self.final_activation.forward(prev_output)

    def output(self):
        return self.final_activation.output

    def backward(self, outputs_true):
        # First call backward method on the loss this will set dinputs
        self.loss.backward(self.final_activation.output, outputs_true)
        # Call backward method going through all the layers in reverse order
        dinputs = self.enter(self.loss.dinputs)
        for layer in reversed(self.layers):
            dinputs = layer.backward(dinputs)

    def enter(self, dinputs):
        return dinputs


class ModelLater(Model):
    def enter(self, dinputs):
        return self.final_activation.backward(dinputs)


def cost(params, X, Y):
    model = Model(params)
    model.forward(X)
    return model.loss.calculate(model.output(), Y)


def gradients(model, X, Y):
    model.forward(X)
    model.backward(Y)
    first, last = model.layers[0], model.layers[2]
    return [first.dweights, first.dbiases, last.dweights, last.dbiases]


def grad(params, X, Y):
    return gradients(Model(params), X, Y)


def repaired(params, X, Y):
    return gradients(ModelLater(params), X, Y)
