"""The output's slope and the mean's factor are left out, a decay has no cost, and the last layer is not updated."""

import numpy as np

SOURCE = "https://github.com/pavomod/Neural-network-from-scratch/commit/d49b48a"
THREAD = "pavomod/Neural-network-from-scratch d49b48a"
DATE = "2024-01"
KIND = "gradient"
FORMULA = (
    r"\delta^L = a^L - y,\; \partial C / \partial W^L = 0,\; \partial C / \partial b^L = 0,\; "
    r"\partial C / \partial W^l = \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top + \lambda W^l"
)
RIGHT = (
    r"\delta^L = \frac2m (a^L - y) \odot \sigma'(z^L),\; "
    r"\partial C / \partial W^l = \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top"
)
READ = "code"
GROUP = "slope"
LAYER = [1, 2, 3]
NAMES = []
SIZES = (3, 4, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0

LAMBDA_REG = 0.01


def start(rng):
    pairs = list(zip(SIZES, SIZES[1:]))
    return {
        "weights": [rng.standard_normal((n, k)) for n, k in pairs],
        "bias": [rng.standard_normal((1, k)) for _, k in pairs],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def function(x):
    return 1 / (1 + np.exp(-x))


def derivative(x):
    return function(x) * (1 - function(x))


def mean_squared_error(y_true, y_pred):
    return np.mean(np.sum(np.power(y_true - y_pred, 2), axis=1))


class NeuralNetwork:
    def __init__(self, params):
        self.weights, self.bias = params["weights"], params["bias"]
        self.n_hidden_layer = len(self.weights) - 1

    def forward(self, input_data):
        self.not_activated_output = [input_data]
        self.activated_output = [input_data]
        for weights, bias in zip(self.weights, self.bias):
            z = np.dot(self.activated_output[-1], weights) + bias
            self.not_activated_output.append(z)
            self.activated_output.append(function(z))
        return self.activated_output[-1]

    def backpropagation(self, target):
        """What is taken off, divided by the rate."""
        self.grad_weights = []
        self.grad_bias = []
        self.deltas = []
        self.deltas.append(self.activated_output[-1] - target)
        self.grad_weights.append(np.dot(self.activated_output[-2].T, self.deltas[-1]))
        self.grad_bias.append(np.sum(self.deltas[-1], axis=0, keepdims=True))
        for i in range(self.n_hidden_layer, 0, -1):
            slope = derivative(self.not_activated_output[i])
            self.deltas.append(np.dot(self.deltas[-1], self.weights[i].T) * slope)
            self.grad_weights.append(np.dot(self.activated_output[i - 1].T, self.deltas[-1]))
            self.grad_bias.append(np.sum(self.deltas[-1], axis=0, keepdims=True))
        self.grad_weights.reverse()
        self.grad_bias.reverse()
        steps = {name: [np.zeros_like(p) for p in getattr(self, name)] for name in ("weights", "bias")}
        for i in range(self.n_hidden_layer):
            steps["weights"][i] += self.grad_weights[i] + LAMBDA_REG * self.weights[i]
            steps["bias"][i] += self.grad_bias[i]
        return steps

    def repaired_backpropagation(self, y_true):
        """The update adds these, hence their sign."""
        self.deltas = [None] * (self.n_hidden_layer + 1)
        self.grad_weights = [None] * (self.n_hidden_layer + 1)
        self.grad_bias = [None] * (self.n_hidden_layer + 1)
        loss_derivative = (2 / y_true.shape[0]) * (y_true - self.activated_output[-1])
        self.deltas[-1] = loss_derivative * derivative(self.not_activated_output[-1])
        self.grad_weights[-1] = np.dot(self.activated_output[-2].T, self.deltas[-1])
        self.grad_bias[-1] = np.sum(self.deltas[-1], axis=0, keepdims=True)
        for i in reversed(range(self.n_hidden_layer)):
            slope = derivative(self.not_activated_output[i + 1])
            self.deltas[i] = np.dot(self.deltas[i + 1], self.weights[i + 1].T) * slope
            self.grad_weights[i] = np.dot(self.activated_output[i].T, self.deltas[i])
            self.grad_bias[i] = np.sum(self.deltas[i], axis=0, keepdims=True)
        return {"weights": [-each for each in self.grad_weights], "bias": [-each for each in self.grad_bias]}


def cost(params, X, Y):
    return mean_squared_error(Y, NeuralNetwork(params).forward(X))


def grad(params, X, Y):
    nn = NeuralNetwork(params)
    nn.forward(X)
    return nn.backpropagation(Y)


def repaired(params, X, Y):
    nn = NeuralNetwork(params)
    nn.forward(X)
    return nn.repaired_backpropagation(Y)
