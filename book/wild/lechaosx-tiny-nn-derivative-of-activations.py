"""The derivative of each layer's activation is taken at the activations instead of the linear outputs."""

import numpy as np

SOURCE = "https://github.com/lechaosx/tiny-nn/commit/d2e0e0a"
THREAD = "lechaosx/tiny-nn d2e0e0a"
DATE = "2025-02"
KIND = "gradient"
FORMULA = r"\delta^l = \bigl(W^{l+1\,T} \delta^{l+1}\bigr) \odot \sigma'(a^l),\; a^l = \sigma(z^l)"
RIGHT = r"\delta^l = \bigl(W^{l+1\,T} \delta^{l+1}\bigr) \odot \sigma'(z^l)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    """Samples are columns."""
    return rng.standard_normal((SIZES[0], SAMPLES)), np.eye(SIZES[-1])[:, rng.integers(0, SIZES[-1], SAMPLES)]


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    s = 1.0 / (1.0 + np.exp(-x))
    return s * (1.0 - s)


def softmax(x):
    exp_vals = np.exp(x - np.max(x.real, axis=0))
    return exp_vals / np.sum(exp_vals, axis=0)


def softmax_derivative(x):
    """Left to the derivative of the cross-entropy."""
    return np.ones(x.shape)


Sigmoid, Softmax = (sigmoid, sigmoid_derivative), (softmax, softmax_derivative)


def cross_entropy(outputs, references):
    return -np.sum(references * np.log(outputs))


def cross_entropy_derivative(outputs, references):
    return outputs - references


class Layer:
    def __init__(self, weights, biases, activation):
        self.weights, self.biases = weights, biases
        self.activation, self.derivative = activation


def layers(params):
    return [Layer(params[0], params[1], Sigmoid), Layer(params[2], params[3], Softmax)]


def feed(nn, inputs):
    if not nn:
        return inputs
    layer = nn[0]
    return feed(nn[1:], layer.activation(layer.weights @ inputs + layer.biases[:, None]))


def cost(params, X, Y):
    return cross_entropy(feed(layers(params), X), Y) / X.shape[1]


def train(nn, inputs, gradients, loss_derivative, right=False):
    """What is subtracted, but for the rate, goes to gradients, the last layer first."""
    if not nn:
        return loss_derivative(inputs)
    layer = nn[0]
    if right:
        linear_output = layer.weights @ inputs + layer.biases[:, None]
        delta = train(nn[1:], layer.activation(linear_output), gradients, loss_derivative, right)
        delta = delta * layer.derivative(linear_output)
    else:
        activations = layer.activation(layer.weights @ inputs + layer.biases[:, None])
        delta = train(nn[1:], activations, gradients, loss_derivative) * layer.derivative(activations)
    prev_delta = layer.weights.T @ delta
    gradients.append([delta @ inputs.T / inputs.shape[1], delta.sum(axis=1) / inputs.shape[1]])
    return prev_delta


def trained(params, X, Y, right):
    gradients = []
    train(layers(params), X, gradients, lambda outputs: cross_entropy_derivative(outputs, Y), right)
    return [g for pair in reversed(gradients) for g in pair]


def grad(params, X, Y):
    return trained(params, X, Y, False)


def repaired(params, X, Y):
    return trained(params, X, Y, True)
