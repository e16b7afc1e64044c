"""A neuron's bias moves inside the loop over its weights, so that its step is taken once for each weight."""

import numpy as np

SOURCE = "https://github.com/nikitablack/vulkan_neural_network/commit/4a2b109741"
THREAD = "nikitablack/vulkan_neural_network 4a2b109"
DATE = "2025-08"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial b^l = n_{l-1}\, \delta^l"
RIGHT = r"\partial C / \partial b^l = \delta^l"
READ = "code"
LAYER = [1, 2]
NAMES = [{"factor"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")  # the mean over two outputs
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The weights of each neuron in a row, and the biases, layer by layer."""
    return [rng.standard_normal(shape) for shape in ((4, 3), (4,), (2, 4), (2,))]


def data(rng):
    target = rng.integers(0, 2, SAMPLES)
    return rng.uniform(0, 1, (SAMPLES, 3)), np.eye(2)[target]


class Neuron:
    def __init__(self, weights=(), bias=0.0):
        self.weights, self.bias = weights, bias
        self.value = 0.0
        self.weightSteps, self.biasStep = np.zeros(len(weights)), 0.0


class Layer:
    def __init__(self, neurons):
        self.neurons = neurons

    def activate(self, prevLayer, activationFunction):
        for currNeuron in self.neurons:
            sum_ = currNeuron.bias
            for j in range(len(prevLayer.neurons)):
                sum_ += currNeuron.weights[j] * prevLayer.neurons[j].value
            currNeuron.value = activationFunction(sum_)

    def update(self, prevLayer, delta):
        for i in range(len(self.neurons)):
            currNeuron = self.neurons[i]
            for j in range(len(currNeuron.weights)):
                currNeuron.weightSteps[j] += delta[i] * prevLayer.neurons[j].value
                currNeuron.biasStep += delta[i]


class LayerMended(Layer):
    def update(self, prevLayer, delta):
        for i in range(len(self.neurons)):
            currNeuron = self.neurons[i]
            for j in range(len(currNeuron.weights)):
                currNeuron.weightSteps[j] += delta[i] * prevLayer.neurons[j].value

            currNeuron.biasStep += delta[i]


class NeuralNetwork:
    def __init__(self, params, layer):
        W1, b1, W2, b2 = params
        self.layers = [
            layer([Neuron() for _ in range(W1.shape[1])]),  # Input layer
            layer([Neuron(w, b) for w, b in zip(W1, b1)]),
            layer([Neuron(w, b) for w, b in zip(W2, b2)]),
        ]

    @staticmethod
    def sigmoid(v):
        return 1.0 / (1.0 + np.exp(-v))

    @staticmethod
    def sigmoidDerivative(sigmoidResult):
        return sigmoidResult * (1.0 - sigmoidResult)

    def forward(self, inputValues):
        for i in range(len(self.layers[0].neurons)):
            self.layers[0].neurons[i].value = inputValues[i]
        for i in range(1, len(self.layers)):
            self.layers[i].activate(self.layers[i - 1], self.sigmoid)
        return [neuron.value for neuron in self.layers[-1].neurons]

    def backward(self, output, expectedOutput):
        # output layer
        outputLayer = self.layers[-1]
        deltaOutput = [0.0] * len(output)
        for i in range(len(output)):
            a = output[i]
            dCdA = 2.0 * (a - expectedOutput[i]) / len(output)
            dAdZ = self.sigmoidDerivative(a)
            deltaOutput[i] = dCdA * dAdZ
        outputLayer.update(self.layers[-2], deltaOutput)

        # hidden layers
        delta = deltaOutput
        rightLayer = outputLayer
        for lay in range(len(self.layers) - 2, 0, -1):
            currLayer = self.layers[lay]
            deltaHidden = [0.0] * len(currLayer.neurons)
            for i in range(len(currLayer.neurons)):
                deltaSum = 0.0
                for j in range(len(rightLayer.neurons)):
                    deltaSum += delta[j] * rightLayer.neurons[j].weights[i]
                deltaHidden[i] = deltaSum * self.sigmoidDerivative(currLayer.neurons[i].value)
            currLayer.update(self.layers[lay - 1], deltaHidden)
            delta = deltaHidden
            rightLayer = currLayer


def cost(params, X, Y):
    nn = NeuralNetwork(params, Layer)
    epochLoss = 0.0
    for x, expectedOutput in zip(X, Y):
        output = nn.forward(x)
        loss = 0.0
        for j in range(len(output)):
            diff = expectedOutput[j] - output[j]
            loss += diff * diff
        epochLoss += loss / len(output)
    return epochLoss / len(X)


def gradients(layer, params, X, Y):
    """The author moves the weights layer by layer after each sample; here all that is collected at the same weights."""
    nn = NeuralNetwork(params, layer)
    for x, expectedOutput in zip(X, Y):
        nn.backward(nn.forward(x), expectedOutput)
    total = []
    for each in nn.layers[1:]:
        total.append(np.array([neuron.weightSteps for neuron in each.neurons]) / len(X))
        total.append(np.array([neuron.biasStep for neuron in each.neurons]) / len(X))
    return total


def grad(params, X, Y):
    return gradients(Layer, params, X, Y)


def repaired(params, X, Y):
    return gradients(LayerMended, params, X, Y)
