"""Softmax and cross entropy: the difference is still multiplied by the slope of a sigmoid at the output."""

import numpy as np

SOURCE = "https://github.com/ravin-d-27/PyDeepFlow/commit/2d63100"
THREAD = "ravin-d-27/PyDeepFlow 2d63100"
DATE = "2024-09"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\delta^L = \tfrac1m (a - y) \odot a \odot (1 - a),\; C = -\tfrac1m \textstyle\sum y \log a"
RIGHT = r"\delta^L = \tfrac1m (a - y)"
READ = "code"
LAYER = [1, 2, 3]
NAMES = [{"output-slope-twice"}, {"softmax-diagonal"}]
SIZES = (4, 6, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0
# the program adds the samples up and leaves their number to the rate; the tiny number inside its logarithm is left out


def start(rng):
    params = {}
    for i, (n, k) in enumerate(zip(SIZES, SIZES[1:])):
        params[f"weights[{i}]"] = rng.standard_normal((n, k))
        params[f"biases[{i}]"] = rng.standard_normal((1, k))
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def activation(x, func):
    if func == "tanh":
        return np.tanh(x)
    elif func == "softmax":
        exp_x = np.exp(x - np.max(x.real))
        return exp_x / np.sum(exp_x, axis=-1, keepdims=True)
    raise ValueError(func)


def activation_derivative(x, func):
    """Of the activated value."""
    if func == "tanh":
        return 1 - x**2
    elif func == "softmax":
        return x * (1 - x)
    raise ValueError(func)


def categorical_crossentropy(y_true, y_pred):
    return -np.sum(y_true * np.log(y_pred)) / y_true.shape[0]


class MultiLayerANN:
    def __init__(self, params):
        n = len(SIZES) - 1
        self.weights = [params[f"weights[{i}]"] for i in range(n)]
        self.biases = [params[f"biases[{i}]"] for i in range(n)]
        self.activations = ["tanh"] * (n - 1)
        self.output_activation = "softmax"

    def forward_propagation(self, X):
        activations = [X]
        for i, func in enumerate(self.activations + [self.output_activation]):
            Z = np.dot(activations[-1], self.weights[i]) + self.biases[i]
            activations.append(activation(Z, func))
        return activations

    def output_delta(self, y, activations):
        output_error = y - activations[-1]
        return output_error * activation_derivative(activations[-1], self.output_activation)

    def backpropagation(self, X, y, activations):
        """What is added to the parameters at a rate of 1, over the number of samples."""
        deltas = [self.output_delta(y, activations) / len(X)]
        for i in reversed(range(len(self.weights) - 1)):
            error = deltas[-1].dot(self.weights[i + 1].T)
            deltas.append(error * activation_derivative(activations[i + 1], self.activations[i]))
        deltas.reverse()
        steps = {}
        for i in range(len(self.weights)):
            steps[f"weights[{i}]"] = activations[i].T.dot(deltas[i])
            steps[f"biases[{i}]"] = np.sum(deltas[i], axis=0, keepdims=True)
        return steps


class RightANN(MultiLayerANN):
    def output_delta(self, y, activations):
        return y - activations[-1]


def cost(params, X, Y):
    return categorical_crossentropy(Y, MultiLayerANN(params).forward_propagation(X)[-1])


def descent(kind, params, X, Y):
    model = kind(params)
    steps = model.backpropagation(X, Y, model.forward_propagation(X))
    return {key: -steps[key] for key in params}


def grad(params, X, Y):
    return descent(MultiLayerANN, params, X, Y)


def repaired(params, X, Y):
    return descent(RightANN, params, X, Y)
