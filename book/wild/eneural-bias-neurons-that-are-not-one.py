"""A bias neuron sends one upwards, but on the way back what is stored in its place stands for its output."""

import numpy as np

SOURCE = "https://github.com/eneural-net/eneural_net_dart/commit/be4df60"
THREAD = "eneural-net/eneural_net_dart be4df60"
DATE = "2026-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^1 = 0,\; \partial C / \partial b^2 = \delta^2\, \sigma(v^\top x + c)"
RIGHT = r"\partial C / \partial b^1 = \delta^1,\; \partial C / \partial b^2 = \delta^2"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
BLOCKS = ["W[1]", "W[2]"]  # of the first, the column to the bias neuron does nothing
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A row for each neuron below; the last neuron of a layer, but for the outputs, is the bias neuron."""
    return [rng.standard_normal((SIZES[0] + 1, SIZES[1] + 1)), rng.standard_normal((SIZES[1] + 1, SIZES[2]))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(size=(SAMPLES, SIZES[-1]))


def activation(x):
    return 1 / (1 + np.exp(-x))


def activate(weights, sample):
    """The neurons of each layer, as they are stored."""
    layers = [np.append(sample, 0)]
    for matrix in weights:
        sent = layers[-1].copy()
        sent[-1] = 1
        layers.append(activation(sent @ matrix))
    return layers


def cost(params, X, Y):
    return 0.5 * sum(np.sum((y - activate(params, x)[-1]) ** 2) for x, y in zip(X, Y)) / len(X)


def learn(weights, X, Y, right):
    """The author adds up what makes the error smaller; here it is turned round, and the mean of all samples."""
    gradients = [np.zeros_like(matrix) for matrix in weights]
    for sample, expected in zip(X, Y):
        layers = activate(weights, sample)
        next_deltas = (expected - layers[-1]) * layers[-1] * (1 - layers[-1])
        for l in range(len(weights) - 1, -1, -1):
            neurons = layers[l]
            bias_neuron = len(neurons) - 1 if right else -1
            deltas = np.zeros_like(neurons)
            for i in range(len(neurons)):
                output = 1.0 if i == bias_neuron else neurons[i]
                error = 0.0
                for j in range(len(next_deltas) - 1, -1, -1):
                    gradients[l][i, j] = gradients[l][i, j] + output * next_deltas[j]
                    error = error + weights[l][i, j] * next_deltas[j]
                deltas[i] = error * output * (1 - output)
            next_deltas = deltas
    return [-gradient / len(X) for gradient in gradients]


def grad(params, X, Y):
    return learn(params, X, Y, right=False)


def repaired(params, X, Y):
    return learn(params, X, Y, right=True)
