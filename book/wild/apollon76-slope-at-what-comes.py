"""The slope of a sigmoid is taken at the gradient that comes down, and takes its place."""

import numpy as np

SOURCE = "https://github.com/Apollon76/neural_network_framework/commit/d2e7b2c"
THREAD = "Apollon76/neural_network_framework d2e7b2c"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"\delta^1 = e^g / (e^g + 1)^2,\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot e^{-z^1} / (e^{-z^1} + 1)^2,\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A layer's last row is its bias."""
    return [rng.standard_normal((n + 1, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def dense(weights_and_bias, inputs):
    return inputs @ weights_and_bias[:-1] + weights_and_bias[-1]


def sigmoid(inputs):
    e = np.exp(inputs)
    return e / (e + 1)


def cost(layers, X, Y):
    return np.mean((dense(layers[1], sigmoid(dense(layers[0], X))) - Y) ** 2)


def dense_gradients(weights_and_bias, inputs, output_gradients):
    """For the layer below, and for the layer itself."""
    own = np.vstack([inputs.T @ output_gradients, output_gradients.sum(axis=0)])
    return output_gradients @ weights_and_bias[:-1].T, own


def sigmoid_gradients(inputs, output_gradients):
    e = np.exp(output_gradients)
    return e / (e + 1) ** 2


def repaired_sigmoid_gradients(inputs, output_gradients):
    e = np.exp(-inputs)
    return output_gradients * (e / (e + 1) ** 2)


def grad(layers, X, Y):
    z = dense(layers[0], X)
    out = dense(layers[1], sigmoid(z))
    below, upper = dense_gradients(layers[1], sigmoid(z), 2 * (out - Y) / Y.size)
    _, lower = dense_gradients(layers[0], X, sigmoid_gradients(z, below))
    return [lower, upper]


def repaired(layers, X, Y):
    z = dense(layers[0], X)
    out = dense(layers[1], sigmoid(z))
    below, upper = dense_gradients(layers[1], sigmoid(z), 2 * (out - Y) / Y.size)
    _, lower = dense_gradients(layers[0], X, repaired_sigmoid_gradients(z, below))
    return [lower, upper]
