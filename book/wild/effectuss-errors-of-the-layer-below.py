"""The hidden units get their errors from those of the inputs, which never have any."""

import numpy as np

SOURCE = "https://github.com/Effectuss/Multilayer-Perceptron-CPP-QT/commit/a93a449"
THREAD = "Effectuss/Multilayer-Perceptron-CPP-QT a93a449"
DATE = "2023-09"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^1_j = a^1_j (1 - a^1_j) \textstyle\sum_i w^1_{ji} e_i,\; e_i = 0 \text{ the errors of the inputs}"
RIGHT = r"\delta^1_j = a^1_j (1 - a^1_j) \textstyle\sum_k w^2_{kj} \delta^2_k"
READ = "code"
LAYER = [1]
NAMES = [{"layer-forgotten"}]
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 6
LAM = 0.0


def start(rng):
    """A row for each neuron."""
    return [rng.standard_normal((4, 3)), rng.standard_normal((3, 4))]


def data(rng):
    """The numbers of the right outputs as rows of a unit matrix."""
    return rng.uniform(0, 1, (SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class Sigmoid:
    def Activate(self, value):
        return 1.0 / (1.0 + np.exp(-value))

    def Derivative(self, value):
        return value * (1.0 - value)


class Neuron:
    activationFunction_ = Sigmoid()

    def __init__(self):
        self.value_, self.error_, self.weights_delta_ = 0, 0, 0
        self.previous_neurons_weights_, self.previous_neurons_ = [], []

    def CalculateValue(self):
        self.value_ = 0
        for i in range(len(self.previous_neurons_)):
            self.value_ = self.value_ + self.previous_neurons_[i].value_ * self.previous_neurons_weights_[i]
        self.value_ = self.activationFunction_.Activate(self.value_)

    def SetError(self, error):
        self.error_ = error

    def CalculateWeightsDelta(self):
        self.weights_delta_ = self.error_ * self.activationFunction_.Derivative(self.value_)


class Layer:
    def __init__(self, number_of_neurons):
        self.neurons_ = [Neuron() for _ in range(number_of_neurons)]

    def ConnectPrevious(self, other, weights):
        for neuron, w in zip(self.neurons_, weights):
            neuron.previous_neurons_ = other.neurons_
            neuron.previous_neurons_weights_ = w
        return self

    def UpdateErrorByExpectedIndex(self, expected_index):
        for i in range(len(self.neurons_)):
            if i == expected_index:
                self.neurons_[i].SetError(self.neurons_[i].value_ - 1.0)
            else:
                self.neurons_[i].SetError(self.neurons_[i].value_)
            self.neurons_[i].CalculateWeightsDelta()

    def UpdateErrorByLayer(self, layer):
        """layer = next layer"""
        for neuron in layer.neurons_:
            error = 0
            weights = neuron.previous_neurons_weights_
            for i in range(len(weights)):
                error += weights[i] * self.neurons_[i].error_
            neuron.SetError(error)
            neuron.CalculateWeightsDelta()

    def UpdateWeightsByLayer(self, layer):
        """layer = prev layer; what the author takes from the weights, times a rate."""
        return np.array([[prev.value_ * neuron.weights_delta_ for prev in layer.neurons_] for neuron in self.neurons_])


class LayerLater(Layer):
    def UpdateErrorByLayer(self, layer):
        for i in range(len(self.neurons_)):
            error = 0
            for neuron in layer.neurons_:
                error += neuron.previous_neurons_weights_[i] * neuron.weights_delta_
            self.neurons_[i].SetError(error)
            self.neurons_[i].CalculateWeightsDelta()


class GraphPerceptron:
    def __init__(self, params, right=False):
        self.right, make = right, LayerLater if right else Layer
        self.layers_ = [make(params[0].shape[1])]
        for weights in params:
            self.layers_.append(make(len(weights)).ConnectPrevious(self.layers_[-1], weights))

    def FeedForward(self, picture):
        for neuron, value in zip(self.layers_[0].neurons_, picture):
            neuron.value_ = value
        for layer in self.layers_[1:]:
            for neuron in layer.neurons_:
                neuron.CalculateValue()
        return [neuron.value_ for neuron in self.layers_[-1].neurons_]

    def PropagateBackwards(self, expected_index):
        self.layers_[-1].UpdateErrorByExpectedIndex(expected_index)
        i = len(self.layers_) - 1 if self.right else len(self.layers_) - 2
        while i > 0:
            self.layers_[i - 1].UpdateErrorByLayer(self.layers_[i])
            i -= 1
        return [self.layers_[i].UpdateWeightsByLayer(self.layers_[i - 1]) for i in range(1, len(self.layers_))]


def cost(params, X, Y):
    """The author prints none, the error of an output is that of half its square."""
    perceptron = GraphPerceptron(params)
    return 0.5 * sum(np.sum((np.array(perceptron.FeedForward(x)) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def train(params, X, Y, right):
    """The author steps after each sample; this is the mean of the samples' gradients."""
    total = [np.zeros(p.shape) for p in params]
    perceptron = GraphPerceptron(params, right)
    for x, y in zip(X, Y):
        perceptron.FeedForward(x)
        for g, weights in zip(total, perceptron.PropagateBackwards(np.argmax(y))):
            g += weights / len(X)
    return total


def grad(params, X, Y):
    return train(params, X, Y, False)


def repaired(params, X, Y):
    return train(params, X, Y, True)
