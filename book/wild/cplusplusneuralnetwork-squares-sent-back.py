"""What is sent back from the output is the square of the error instead of the error."""

import numpy as np

SOURCE = "https://github.com/Shadow0144/CPlusPlusNeuralNetwork/commit/f6d7b91"
THREAD = "Shadow0144/CPlusPlusNeuralNetwork f6d7b91"
DATE = "2020-07"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\Delta W^L = \eta\, (a - y)^2\, x^T"
RIGHT = r"\Delta W^L = \eta\, (y - a)\, x^T"
READ = "code"
LAYER = [2]
NAMES = [{"formula"}, {"line"}]
NET = None  # the bias is the last of a neuron's parameters, for an input of 1
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """A row for each neuron: three sigmoids, and a dot product above them."""
    return [rng.standard_normal((3, 2)), rng.standard_normal((1, 4))]


def data(rng):
    x = rng.uniform(-1.5, 1.5, (SAMPLES, 1))
    return x, 0.4 * x + 0.3 * rng.standard_normal((SAMPLES, 1))


class DotProductFunction:
    def __init__(self, parameters):
        self.parameters = parameters[:, None]
        self.numInputs = len(parameters)

    def feedForward(self, inputs):
        return inputs @ self.parameters

    def prime(self):
        return np.ones((1, 1))

    def backPropagate(self, lastInput, errors):
        sigma = np.sum(errors) * self.prime()
        self.deltaParameters = -lastInput.T @ sigma  # and the rate

        # Strip away the bias parameter and weights the sigma by the incoming weights
        weightsPrime = self.parameters[: self.numInputs - 1].T
        return sigma @ weightsPrime


class SigmoidFunction(DotProductFunction):
    def feedForward(self, inputs):
        self.lastOutput = 1.0 / (1.0 + np.exp(-(inputs @ self.parameters)))
        return self.lastOutput

    def prime(self):
        return self.lastOutput * (1 - self.lastOutput)


class Neuron:
    def __init__(self, activationFunction):
        self.activationFunction = activationFunction

    def feedForward(self, input):
        self.lastInput = np.hstack([input, np.ones((1, 1))])  # Add bias
        return self.activationFunction.feedForward(self.lastInput)

    def backPropagate(self, errors):
        return self.activationFunction.backPropagate(self.lastInput, errors)


class NeuralNetwork:
    def __init__(self, params, right=False):
        functions = SigmoidFunction, DotProductFunction
        self.layers = [[Neuron(f(row)) for row in W] for f, W in zip(functions, params, strict=True)]
        self.right = right

    def feedForward(self, input):
        result = []
        for example in input:
            example = example[None]
            for layer in self.layers:
                example = np.hstack([neuron.feedForward(example) for neuron in layer])
            result.append(example)
        return np.vstack(result)

    def backPropagate(self, xs, yHats):
        """The author applies the steps after each sample; here they are added up, for parameters -= deltaParameters."""
        total = [np.zeros((len(layer), layer[0].activationFunction.numInputs)) for layer in self.layers]
        for i in range(len(yHats)):
            y = self.feedForward(xs[[i]])
            if self.right:
                errors = np.full((1, len(self.layers[-1])), np.sum(yHats[i] - y))
            else:
                pow = (y - yHats[i]) ** 2
                errors = np.full((1, len(self.layers[-1])), np.sum(pow))
            for layer in self.layers[:0:-1]:
                newErrors = []
                for k in range(len(layer)):
                    newErrors.append(layer[k].backPropagate(errors[:, k]))
                errors = np.vstack(newErrors)
            for k in range(len(self.layers[0])):
                self.layers[0][k].backPropagate(errors[:, k])
            for t, layer in zip(total, self.layers, strict=True):
                t += np.array([neuron.activationFunction.deltaParameters[:, 0] for neuron in layer])
        return total


def cost(params, X, Y):
    return 0.5 * np.sum((Y - NeuralNetwork(params).feedForward(X)) ** 2)


def grad(params, X, Y):
    return NeuralNetwork(params).backPropagate(X, Y)


def repaired(params, X, Y):
    return NeuralNetwork(params, right=True).backPropagate(X, Y)
