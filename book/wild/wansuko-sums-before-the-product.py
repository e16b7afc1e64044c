"""A convolution's kernel gets the sum of its deltas times the sum of its inputs for the sum of their products."""

import numpy as np

SOURCE = "https://github.com/Wansuko-cmd/Perceptron/commit/171acf7"
THREAD = "Wansuko-cmd/Perceptron 171acf7"
DATE = "2022-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial K_{ct} = \textstyle\sum_o \delta_{co} \cdot \sum_o x_{t+o}"
RIGHT = r"\partial C / \partial K_{ct} = \textstyle\sum_o \delta_{co}\, x_{t+o}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # a convolution below a dense layer
BLOCKS = ["K[1]", "W[2]"]
SAMPLES = 4
LAM = 0.0

SIZE, KERNEL, CHANNELS, OUTPUTS = 6, 3, 2, 2
WIDTH = SIZE - KERNEL + 1


def start(rng):
    """Kernels by channel of the input and of the output; a row of weights for each unit of the convolution."""
    return [rng.standard_normal((1, CHANNELS, KERNEL)), rng.standard_normal((CHANNELS * WIDTH, OUTPUTS))]


def data(rng):
    return rng.standard_normal((SAMPLES, 1, SIZE)), rng.uniform(0, 1, (SAMPLES, OUTPUTS))


def step(x):
    return 1.0 if x > 0.0 else 0.0


def relu(x):
    return x if x.real > 0.0 else 0.0 * x


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def conv1d(array, kernel, output):
    for outputIndex in range(len(output)):
        sum_ = 0.0
        for kernelIndex in range(len(kernel)):
            sum_ = sum_ + array[outputIndex + kernelIndex] * kernel[kernelIndex]
        output[outputIndex] += relu(sum_)


class Conv1d:
    @staticmethod
    def forward(input, weight):
        output = np.zeros((weight.shape[1], WIDTH), weight.dtype)
        for outputChannel in range(len(output)):
            for inputChannel in range(len(input)):
                conv1d(input[inputChannel], weight[inputChannel][outputChannel], output[outputChannel])
        return output

    @staticmethod
    def calcDelta(output, afterDelta, afterWeight):
        """One for each channel."""
        delta = np.zeros(len(output))
        index = 0
        for targetNeuron in range(len(delta)):
            sum_ = 0.0
            for t in range(len(output[targetNeuron])):
                afterWeightArray = afterWeight[index]
                sum_ += step(output[targetNeuron][t]) * sum(
                    afterDelta[it] * afterWeightArray[it] for it in range(len(afterWeightArray))
                )
                index += 1
            delta[targetNeuron] = sum_
        return delta

    @staticmethod
    def backward(weight, delta, input):
        gradient = np.zeros_like(weight)
        for inputChannel in range(len(weight)):
            for outputChannel in range(len(weight[inputChannel])):
                for t in range(len(weight[inputChannel][outputChannel])):
                    sum_ = 0.0
                    for outputIndex in range(len(input[inputChannel]) - KERNEL + 1):
                        sum_ += input[inputChannel][t + outputIndex]
                    gradient[inputChannel][outputChannel][t] = delta[outputChannel] * sum_
        return gradient


class RepairedConv1d:
    @staticmethod
    def calcDelta(output, afterDelta, afterWeight):
        """One for each unit."""
        delta = np.zeros(output.size)
        index = 0
        for targetNeuron in range(len(output)):
            for t in range(len(output[targetNeuron])):
                afterWeightArray = afterWeight[index]
                delta[index] = step(output[targetNeuron][t]) * sum(
                    afterDelta[it] * afterWeightArray[it] for it in range(len(afterWeightArray))
                )
                index += 1
        return delta

    @staticmethod
    def backward(weight, delta, input):
        gradient = np.zeros_like(weight)
        index = 0
        for inputChannel in range(len(weight)):
            for outputChannel in range(len(weight[inputChannel])):
                outputSize = len(input[inputChannel]) - KERNEL + 1
                for t in range(len(weight[inputChannel][outputChannel])):
                    sum_ = 0.0
                    for outputIndex in range(outputSize):
                        sum_ += input[inputChannel][t + outputIndex] * delta[index + outputIndex]
                    gradient[inputChannel][outputChannel][t] = sum_
                index += outputSize
        return gradient


def forward(params, x):
    output = Conv1d.forward(x, params[0])
    return output, sigmoid(output.reshape(-1) @ params[1])


def cost(params, X, Y):
    return sum(0.5 * np.sum((forward(params, x)[1] - y) ** 2) for x, y in zip(X, Y))


def gradients(params, X, Y, layer):
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        output, result = forward(params, x)
        afterDelta = (result - y) * result * (1 - result)
        delta = layer.calcDelta(output, afterDelta, params[1])
        grads[0] += layer.backward(params[0], delta, x)
        grads[1] += np.outer(output.reshape(-1), afterDelta)
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, Conv1d)


def repaired(params, X, Y):
    return gradients(params, X, Y, RepairedConv1d)
