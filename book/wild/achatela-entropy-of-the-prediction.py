"""The loss is the entropy of the right class's probability, with the prediction in the place of the label."""

import numpy as np

SOURCE = "https://github.com/achatela/Multilayer-perceptron/commit/fede54c"
THREAD = "achatela/Multilayer-perceptron fede54c, a323cbb"
DATE = "2024-04"
KIND = "cost"
FORMULA = (
    r"C = -\tfrac1m \textstyle\sum_i \bigl(\hat y_i \ln \hat y_i + (1 - \hat y_i) \ln (1 - \hat y_i)\bigr),\; "
    r"\hat y_i = p_{i, r_i}"
)
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \bigl(r_i \ln p_{i1} + (1 - r_i) \ln (1 - p_{i1})\bigr)"
READ = "reconstruction"  # the output layer alone, after given activations; its loss and delta are the author's
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a layer of two softmax units with one bias for both
BLOCKS = ["weights[1]", "biasNeuron[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The weights of each neuron, and the bias neuron of the layer."""
    return {"weights": rng.standard_normal((2, 4)), "biasNeuron": rng.standard_normal(1)}


def data(rng):
    """The outputs of the layer before, and the class of each sample, 0 or 1."""
    return rng.uniform(0.05, 0.95, (SAMPLES, 4)), np.arange(SAMPLES) % 2


class Layer:
    def __init__(self, params):
        self.weights, self.biasNeuron = params["weights"], params["biasNeuron"][0]
        self.outputs, self.loss = None, 0.0

    def softmaxFunction(self, inputs):
        exponentials = []
        maxInput = max(x.real for x in inputs)
        sum = 0
        for i in range(len(inputs)):
            exponentials.append(np.exp(inputs[i] - maxInput))
            sum += exponentials[-1]
        return [e / sum for e in exponentials]

    def outputLayerFeed(self, previous, result):
        logits = []
        for i in range(len(self.weights)):
            sum = self.biasNeuron
            for j in range(len(previous)):
                sum += self.weights[i][j] * previous[j]
            logits.append(sum)
        self.outputs = self.softmaxFunction(logits)
        self.loss = self.crossEntropyLoss(self.outputs, result)

    def crossEntropyLoss(self, probabilities, result):
        # Binary cross entropy
        y_hat = probabilities[result]
        return y_hat * np.log(y_hat) + (1 - y_hat) * np.log(1 - y_hat)

    def deltaOutput(self, target):
        delta = []
        for k in range(len(self.weights)):
            activation = self.outputs[k]
            targetValue = 1.0 if k == target else 0.0
            delta.append(activation - targetValue)
        return delta


class LayerLater(Layer):
    def crossEntropyLoss(self, probabilities, result):
        # Binary cross entropy
        y_hat = probabilities[1]
        return result * np.log(y_hat) + (1 - result) * np.log(1 - y_hat)


class LayerAsItWas(Layer):
    def deltaOutput(self, target):
        y_hat = self.outputs[target]
        slope = np.log(1 - y_hat) - np.log(y_hat)
        return [slope * y_hat * ((k == target) - self.outputs[k]) for k in range(len(self.weights))]


def getValidationLoss(layer, X, Y):
    lossSet = 0
    for previous, result in zip(X, Y, strict=True):
        layer.outputLayerFeed(previous, result)
        lossSet += layer.loss
    lossSet = -lossSet
    return lossSet / len(X)


def backPropagation(layer, X, Y):
    """The author steps after each sample; here the mean over the samples."""
    weights, biasNeuron = np.zeros(layer.weights.shape), np.zeros(1)
    for previous, target in zip(X, Y, strict=True):
        layer.outputLayerFeed(previous, target)
        deltaOutput = layer.deltaOutput(target)
        for k in range(len(weights)):
            for j in range(len(previous)):
                weights[k][j] += deltaOutput[k] * previous[j] / len(X)
            biasNeuron[0] += deltaOutput[k] / len(X)
    return {"weights": weights, "biasNeuron": biasNeuron}


def cost(params, X, Y):
    return getValidationLoss(Layer(params), X, Y)


def meant(params, X, Y):
    return getValidationLoss(LayerLater(params), X, Y)


def grad(params, X, Y):
    return backPropagation(Layer(params), X, Y)


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    return backPropagation(LayerAsItWas(params), X, Y)
