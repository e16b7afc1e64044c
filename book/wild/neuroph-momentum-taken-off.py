"""The weight change is subtracted since the error's sign was turned, and with it the last change is taken off again."""

import numpy as np

SOURCE = "https://github.com/neuroph/NeurophFramework/commit/c76333af1fc0e450aab888ec52358aa2037be97d"
THREAD = "neuroph/NeurophFramework 3756557b, c76333af"
DATE = "2017-04"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \bigl(\eta\, g_t + \mu (\theta_t - \theta_{t-1})\bigr)"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t + \mu (\theta_t - \theta_{t-1})"
READ = "code"
LAYER = []
NAMES = [{"velocity-sign"}]
NET = None  # the bias is the connection of a neuron that is always 1, in the last column; the squares are summed
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0


LEARNING_RATE, MOMENTUM = 0.05, 0.7
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


def start(rng):
    return [rng.standard_normal((4, 4)), rng.standard_normal((2, 5))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def forward(params, X):
    ones = np.ones((len(X), 1))
    a0 = np.hstack([X, ones])
    a1 = np.hstack([1 / (1 + np.exp(-(a0 @ params[0].T))), ones])
    return a0, a1, 1 / (1 + np.exp(-(a1 @ params[1].T)))


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[2] - Y) ** 2)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    a0, a1, out = forward(params, X)
    d2 = (out - Y) * out * (1 - out)
    d1 = (d2 @ params[1] * a1 * (1 - a1))[:, :-1]
    return [d1.T @ a0, d2.T @ a1]


def start_state():
    return {"previousValue": None}


class Weight:
    """Its training data begin with the weight itself, and not with 0 as in the program before and after."""

    def __init__(self, value, previousValue):
        self.value, self.weightChange = value, 0.0
        self.previousValue = value if previousValue is None else previousValue


class MomentumBackpropagation:
    learningRate, momentum = LEARNING_RATE, MOMENTUM

    def __init__(self, params, state):
        before = state["previousValue"] or [np.full(p.shape, None) for p in params]
        self.layers = [
            [[Weight(v, old) for v, old in zip(row, olds)] for row, olds in zip(p, prev)]
            for p, prev in zip(params, before)
        ]

    def updateNeuronWeights(self, neuron, gradient):
        """The gradient of a connection is neuronError * input, of one pattern in the program."""
        for weight, neuronError_input in zip(neuron, gradient):
            previousWeightValue = weight.previousValue
            weightChange = self.learningRate * neuronError_input + self.momentum * (weight.value - previousWeightValue)
            # save previous weight value
            weight.previousValue = weight.value
            weight.weightChange = weightChange

    def apply(self, weight):
        weight.value -= weight.weightChange

    def applyWeightChanges(self):
        for layer in reversed(self.layers):
            for neuron in layer:
                for weight in neuron:
                    self.apply(weight)
                    weight.weightChange = 0.0

    def learn(self, grads):
        for layer, gradients in zip(reversed(self.layers), reversed(grads)):
            for neuron, gradient in zip(layer, gradients):
                self.updateNeuronWeights(neuron, gradient)
        self.applyWeightChanges()
        values = [np.array([[weight.value for weight in neuron] for neuron in layer]) for layer in self.layers]
        before = [np.array([[weight.previousValue for weight in neuron] for neuron in layer]) for layer in self.layers]
        return values, {"previousValue": before}


class MomentumBackpropagationLater(MomentumBackpropagation):
    def updateNeuronWeights(self, neuron, gradient):
        for weight, neuronError_input in zip(neuron, gradient):
            previousWeightValue = weight.previousValue
            weightChange = -self.learningRate * neuronError_input + self.momentum * (weight.value - previousWeightValue)
            # save previous weight value
            weight.previousValue = weight.value
            weight.weightChange = weightChange

    def apply(self, weight):
        weight.value += weight.weightChange


def update(params, grads, state):
    return MomentumBackpropagation(params, state).learn(grads)


def repaired_update(params, grads, state):
    return MomentumBackpropagationLater(params, state).learn(grads)
