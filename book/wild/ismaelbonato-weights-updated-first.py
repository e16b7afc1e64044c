"""Each layer takes its step before it sends its delta down, which goes through the weights as they are then."""

import numpy as np

SOURCE = "https://github.com/ismaelbonato/NeuralNetworks/commit/4b31ab9"
THREAD = "ismaelbonato/NeuralNetworks 4b31ab9"
DATE = "2026-04"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^{l-1} = (W^l - \eta\, \delta^l a^{l-1\,T})^T \delta^l \odot f'(z^{l-1})"
RIGHT = r"\delta^{l-1} = W^{l\,T} \delta^l \odot f'(z^{l-1})"
READ = "code"
LAYER = [1, 2]
NAMES = [{"stale-weights"}]
NET = dict(sizes=(3, 4, 3, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0
SIZES, LEARNING_RATE = (3, 4, 3, 2), 0.1


def start(rng):
    """weights and biases, layer by layer."""
    params = []
    for inputSize, outputSize in zip(SIZES, SIZES[1:], strict=False):
        params += [1.5 * rng.standard_normal((outputSize, inputSize)), rng.standard_normal(outputSize)]
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


class SigmoidActivation:
    def __call__(self, x):
        return 1 / (1 + np.exp(-x))

    def derivative(self, x):
        return self(x) * (1 - self(x))


class SGDRule:
    def updateWeight(self, weight, gradient, learningRate):
        return weight - learningRate * gradient


class Layer:
    activation, learningRule = SigmoidActivation(), SGDRule()

    def __init__(self, weights, biases):
        self.weights, self.biases = weights.copy(), biases.copy()

    def weightedSum(self, input):
        return self.weights @ input + self.biases

    def activate(self, values):
        return self.activation(values)

    def activationDerivatives(self, values):
        return self.activation.derivative(values)

    def updateWeights(self, prev_activations, delta, learningRate):
        for i in range(self.weights.shape[0]):
            for j in range(self.weights.shape[1]):
                # Compute gradient on-demand, no allocation
                gradient = delta[i] * prev_activations[j]
                self.weights[i, j] = self.learningRule.updateWeight(self.weights[i, j], gradient, learningRate)
        # Direct bias updates
        for i in range(len(self.biases)):
            self.biases[i] = self.learningRule.updateWeight(self.biases[i], delta[i], learningRate)

    def backwardPass(self, delta, preActivation):
        return self.weights.T @ delta * self.activationDerivatives(preActivation)


class GradientBaseModel:
    def __init__(self, params):
        self.layers = [Layer(W, b) for W, b in zip(params[::2], params[1::2], strict=True)]

    def forward(self, input):
        current = input
        self.activate, self.preActivations = [current], []
        for layer in self.layers:
            self.preActivations.append(layer.weightedSum(current))
            current = layer.activate(self.preActivations[-1])
            self.activate.append(current)

    def lossDerivative(self, output, target):
        return output - target

    def computeError(self, target):
        return self.lossDerivative(self.activate[-1], target) * self.layers[-1].activationDerivatives(
            self.preActivations[-1]
        )

    def backpropagation(self, delta, rate):
        # Backward pass: update weights and propagate error
        for i in reversed(range(len(self.layers))):
            self.layers[i].updateWeights(self.activate[i], delta, rate)
            if i > 0:
                delta = self.layers[i].backwardPass(delta, self.preActivations[i - 1])

    def parameters(self):
        return [p for layer in self.layers for p in (layer.weights, layer.biases)]


class Mended(GradientBaseModel):
    def backpropagation(self, delta, rate):
        currentLayerDelta = delta
        for i in reversed(range(len(self.layers))):
            if i > 0:
                previousLayerDelta = self.layers[i].backwardPass(currentLayerDelta, self.preActivations[i - 1])
            self.layers[i].updateWeights(self.activate[i], currentLayerDelta, rate)
            if i > 0:
                currentLayerDelta = previousLayerDelta


def cost(params, X, Y):
    """The one that lossDerivative is the derivative of, averaged over the samples."""
    total = 0.0
    for x, y in zip(X, Y, strict=True):
        model = GradientBaseModel(params)
        model.forward(x)
        total += 0.5 * np.sum((model.activate[-1] - y) ** 2)
    return total / len(X)


def gradients(Model, params, X, Y):
    """What each sample's step is, divided by the rate, from the same parameters; the author goes on from each."""
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y, strict=True):
        model = Model(params)
        model.forward(x)
        model.backpropagation(model.computeError(y), LEARNING_RATE)
        for t, before, after in zip(total, params, model.parameters(), strict=True):
            t += (before - after) / LEARNING_RATE / len(X)
    return total


def grad(params, X, Y):
    return gradients(GradientBaseModel, params, X, Y)


def repaired(params, X, Y):
    return gradients(Mended, params, X, Y)
