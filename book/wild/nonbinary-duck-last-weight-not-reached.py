"""A loop over a neuron's weights ends at the number of inputs, so that the last, the threshold's, never moves."""

import numpy as np

SOURCE = "https://github.com/nonbinary-duck/feedforward-neural-network/commit/ffb5233"
THREAD = "nonbinary-duck/feedforward-neural-network ffb5233"
DATE = "2022-04"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"w_j \leftarrow w_j + \eta\, (t - o)\, x_j,\; j = 1, \dots, n"
RIGHT = r"w_j \leftarrow w_j + \eta\, (t - o)\, x_j,\; j = 1, \dots, n + 1,\; x_{n+1} = 1"
READ = "code"
LAYER = [1]
NAMES = [{"no-gradient"}, {"bias-missing"}]
NET = None  # a single neuron, whose threshold is the last of its weights
BLOCKS = ["m_Weights[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    """The last input is that of the threshold."""
    X = np.column_stack([rng.standard_normal((SAMPLES, 3)), np.ones(SAMPLES)])
    return X, rng.integers(0, 2, SAMPLES).astype(float)


def sigmoidFunc(net):
    return 1.0 / (1.0 + np.exp(-net))


class TrainingExample:
    def __init__(self, inputs, targetOutput):
        self.inputs, self.targetOutput = inputs, targetOutput


class Neuron:
    def __init__(self, inputCount, weights, activationFunction):
        # Check that the weights arg is ok
        if len(weights) != inputCount + 1:
            raise ValueError("Invalid number of Weights provided")
        self.InputCount = inputCount
        self.m_Weights = weights
        self.m_ActivationFunction = activationFunction

    def ProcessInputs(self, inputs):
        if len(inputs) != self.InputCount + 1:
            raise ValueError("Inputs has incorrect size")
        output = 0.0
        for i in range(len(inputs)):
            output += inputs[i] * self.m_Weights[i]
        return self.m_ActivationFunction(output)

    def TrainNeuron(self, trainingExamples, right=False):
        """What is added to the weights, over the rate; the author moves them after each example."""
        added = np.zeros(len(self.m_Weights))
        for i in range(len(trainingExamples)):
            ex = trainingExamples[i]
            output = self.ProcessInputs(ex.inputs)
            for j in range(self.InputCount + 1 if right else self.InputCount):
                # w_n += eta (t - o) x_n
                added[j] += (ex.targetOutput - output) * ex.inputs[j]
        return added


def neuron_of(weights):
    return Neuron(len(weights) - 1, weights, sigmoidFunc)


def examples_of(X, Y):
    return [TrainingExample(x, y) for x, y in zip(X, Y)]


def cost(weights, X, Y):
    """The cross-entropy, down which the rule goes where the activation is the sigmoid; the author computes none."""
    n, total = neuron_of(weights), 0.0
    for ex in examples_of(X, Y):
        output = n.ProcessInputs(ex.inputs)
        total -= ex.targetOutput * np.log(output) + (1 - ex.targetOutput) * np.log(1 - output)
    return total


def grad(weights, X, Y):
    return -neuron_of(weights).TrainNeuron(examples_of(X, Y))


def repaired(weights, X, Y):
    return -neuron_of(weights).TrainNeuron(examples_of(X, Y), right=True)
