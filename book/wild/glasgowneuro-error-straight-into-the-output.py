"""The output layer takes the bare error as its own, without the slope of its tanh, and sends it down so."""

import numpy as np

SOURCE = "https://github.com/glasgowneuro/feedforward_closedloop_learning/commit/ec4df690ae"
THREAD = "glasgowneuro/feedforward_closedloop_learning ec4df69"
DATE = "2017-07"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\delta^L = a^L - y"
RIGHT = r"\delta^L = (a^L - y) \odot (1 - a^L \odot a^L)"
READ = "code"  # with the program's switch DO_DERIV_ACTIVATION on; the same commit mends what stands there without it
LAYER = [2]
NAMES = [{"output-slope-forgotten"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The weights of each neuron in a row, and the weights of the biases, layer by layer."""
    return [rng.standard_normal(shape) for shape in ((4, 3), (4,), (2, 4), (2,))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(-0.9, 0.9, (SAMPLES, 2))


class Neuron:
    def __init__(self, weights, biasweight):
        self.weights, self.biasweight, self.bias = weights, biasweight, 1
        self.inputs = [0.0] * len(weights)
        self.weightChange, self.biasChange = np.zeros(len(weights)), 0.0
        self.sum = self.output = self.error = 0

    def calcOutput(self):
        self.sum = 0
        for i in range(len(self.inputs)):
            self.sum = self.sum + self.weights[i] * self.inputs[i]
        self.sum = self.sum + self.biasweight * self.bias
        self.output = np.tanh(self.sum)

    def doLearning(self):
        """What the weights are raised by, at a rate of 1."""
        for i in range(len(self.inputs)):
            self.weightChange[i] = self.inputs[i] * self.error
        self.biasChange = self.bias * self.error


class Layer:
    def __init__(self, weights, biasweights):
        self.neurons = [Neuron(w, b) for w, b in zip(weights, biasweights)]

    def setInput(self, i, v):
        for neuron in self.neurons:
            neuron.inputs[i] = v

    def setInputs(self, inputs):
        for i in range(len(inputs)):
            self.setInput(i, inputs[i])

    def setErrors(self, errors):
        for i in range(len(self.neurons)):
            self.neurons[i].error = errors[i]

    def calcOutputs(self):
        for neuron in self.neurons:
            neuron.calcOutput()


class DeepFeedbackLearning:
    def __init__(self, params):
        W1, b1, W2, b2 = params
        self.layers = [Layer(W1, b1), Layer(W2, b2)]
        self.num_hid_layers = 1

    def dsigm(self, y):
        return 1.0 - y * y

    def signal(self, input):
        self.layers[0].setInputs(input)
        self.layers[0].calcOutputs()
        for k in range(1, self.num_hid_layers + 1):
            # the outputs of the previous layer go into the next
            emitterLayer = self.layers[k - 1]
            receiverLayer = self.layers[k]
            for i in range(len(emitterLayer.neurons)):
                receiverLayer.setInput(i, emitterLayer.neurons[i].output)
            receiverLayer.calcOutputs()
        return np.array([neuron.output for neuron in self.layers[-1].neurons])

    def inject(self, error):
        self.layers[self.num_hid_layers].setErrors(error)

    def doStepBackprop(self, input, error):
        self.signal(input)
        # error processing
        # the error goes into the last layer, the output layer
        self.inject(error)
        # backwards through the layers
        for k in range(self.num_hid_layers, 0, -1):
            emitterLayer = self.layers[k]
            receiverLayer = self.layers[k - 1]
            for i in range(len(receiverLayer.neurons)):
                # the errors of the emitter layer, with the weights that lead to them
                err = 0
                for j in range(len(emitterLayer.neurons)):
                    err = err + emitterLayer.neurons[j].weights[i] * emitterLayer.neurons[j].error
                receiverLayer.neurons[i].error = self.dsigm(receiverLayer.neurons[i].output) * err
        for k in range(self.num_hid_layers + 1):
            for neuron in self.layers[k].neurons:
                neuron.doLearning()


class DeepFeedbackLearningMended(DeepFeedbackLearning):
    def inject(self, error):
        last = self.layers[self.num_hid_layers]
        for i in range(len(last.neurons)):
            error[i] = error[i] * self.dsigm(last.neurons[i].output)
        last.setErrors(error)


def cost(params, X, Y):
    net = DeepFeedbackLearning(params)
    return sum(0.5 * np.sum((y - net.signal(x)) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(kind, params, X, Y):
    """The program steps after each sample; here the mean over the samples, and its negative."""
    net = kind(params)
    total = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        net.doStepBackprop(x, y - net.signal(x))
        for k, layer in enumerate(net.layers):
            total[2 * k] -= np.array([neuron.weightChange for neuron in layer.neurons]) / len(X)
            total[2 * k + 1] -= np.array([neuron.biasChange for neuron in layer.neurons]) / len(X)
    return total


def grad(params, X, Y):
    return gradients(DeepFeedbackLearning, params, X, Y)


def repaired(params, X, Y):
    return gradients(DeepFeedbackLearningMended, params, X, Y)
