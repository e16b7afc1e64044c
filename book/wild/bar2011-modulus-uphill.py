"""What a mean absolute error sends back has the sign of the label minus the prediction."""

import numpy as np

SOURCE = "https://github.com/bar2011/ANN-lib/commit/f4aec08"
THREAD = "bar2011/ANN-lib f4aec08"
DATE = "2025-05"
KIND = "gradient"
FORMULA = r"\delta^2 = \tfrac1K\, \mathrm{sign}(y - a^2)"
RIGHT = r"\delta^2 = \tfrac1K\, \mathrm{sign}(a^2 - y)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (3, 4, 2)
NET = None  # absolute errors
BLOCKS = ["W[1]", "W[2]", "b[1]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "weights": [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])],
        "biases": [rng.standard_normal(k) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Dense:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.weights + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = dvalues.sum(0)
        return dvalues @ self.weights.T


class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        return inputs * (inputs.real > 0)

    def backward(self, dvalues):
        return dvalues * (self.inputs.real > 0)


class MAELoss:
    def forward(self, predictions, correct):
        self.predictions, self.correct = predictions, correct
        output = []
        for batch in range(len(predictions)):
            loss_sum = 0.0
            for i in range(predictions.shape[1]):
                diff = correct[batch, i] - predictions[batch, i]
                loss_sum += diff if diff.real >= 0 else -diff
            output.append(loss_sum / predictions.shape[1])
        return output

    def backward(self, right):
        normalization = self.predictions.shape[0] * self.predictions.shape[1]
        dinputs = np.zeros(self.predictions.shape)
        for batch, i in np.ndindex(dinputs.shape):
            diff = self.correct[batch, i] - self.predictions[batch, i]
            if right:
                diff = self.predictions[batch, i] - self.correct[batch, i]
            dinputs[batch, i] = (1.0 if diff >= 0 else -1.0) / normalization
        return dinputs


def forward(params, X, Y):
    lower, upper = [Dense(*pair) for pair in zip(params["weights"], params["biases"])]
    layers = [lower, ReLU(), upper]
    for layer in layers:
        X = layer.forward(X)
    loss = MAELoss()
    return layers, loss, loss.forward(X, Y)


def cost(params, X, Y):
    return sum(forward(params, X, Y)[-1]) / len(X)


def backward(params, X, Y, right):
    layers, loss, _ = forward(params, X, Y)
    dvalues = loss.backward(right)
    for layer in reversed(layers):
        dvalues = layer.backward(dvalues)
    dense = [layer for layer in layers if isinstance(layer, Dense)]
    return {"weights": [layer.dweights for layer in dense], "biases": [layer.dbiases for layer in dense]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
