"""The cost is divided by the number of outputs as well as by that of the samples, which the gradient is not."""

import numpy as np

SOURCE = "https://github.com/XavierEgan/cpp-feedforward-net/commit/14f21ac"
THREAD = "XavierEgan/cpp-feedforward-net 14f21ac"
DATE = "2026-07"
KIND = "cost"
FORMULA = r"C = \dfrac1{m n} \textstyle\sum_{i,j} \tfrac12 (a_{ij} - y_{ij})^2"
RIGHT = r"C = \dfrac1m \textstyle\sum_{i,j} \tfrac12 (a_{ij} - y_{ij})^2"
READ = "code"
LAYER = [2]
NAMES = [{"outputs-not-averaged"}]
NET = None  # a network whose cost is averaged over its outputs
BLOCKS = ["weights[1]", "biases[1]", "weights[2]", "biases[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((4, 2)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((3, 4)),
        rng.standard_normal((3, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(0.1, 0.9, (SAMPLES, 3))


def activate(z):
    return 1.0 / (1.0 + np.exp(-z))


def activate_der(z):
    return activate(z) * (1.0 - activate(z))


def mse(a, y):
    rows, cols = a.shape
    return np.sum((a - y) ** 2 * 0.5) / (rows * cols)


def mse_later(a, y):
    cols = a.shape[1]
    return np.sum((a - y) ** 2 * 0.5) / cols


def cost_derivative(a, y):
    return a - y


class FFNN:
    """Samples are columns; the input is the first of the layers."""

    depth = 3

    def __init__(self, params):
        self.weights = [None, params[0], params[2]]
        self.biases = [None, params[1], params[3]]

    def forward(self, input):
        self.a, self.z = [input], [None]
        for l in range(1, self.depth):
            self.z.append(self.weights[l] @ self.a[l - 1] + self.biases[l])
            self.a.append(activate(self.z[l]))
        return self.a[-1]

    def backwards(self, input, target):
        self.forward(input)
        cols = input.shape[1]
        weight_gradient, bias_gradient = [None] * self.depth, [None] * self.depth

        # get errors in the output layer
        output_error = cost_derivative(self.a[self.depth - 1], target) * activate_der(self.z[self.depth - 1])
        prev_error = output_error
        weight_gradient[self.depth - 1] = output_error @ self.a[self.depth - 2].T / cols
        bias_gradient[self.depth - 1] = output_error.mean(1, keepdims=True)

        # get error in all the layers before
        for l in range(self.depth - 2, 0, -1):
            this_error = (self.weights[l + 1].T @ prev_error) * activate_der(self.z[l])
            weight_gradient[l] = this_error @ self.a[l - 1].T / cols
            bias_gradient[l] = this_error.mean(1, keepdims=True)
            prev_error = this_error
        return [weight_gradient[1], bias_gradient[1], weight_gradient[2], bias_gradient[2]]


def cost(params, X, Y):
    return mse(FFNN(params).forward(X.T), Y.T)


def meant(params, X, Y):
    return mse_later(FFNN(params).forward(X.T), Y.T)


def grad(params, X, Y):
    return FFNN(params).backwards(X.T, Y.T)


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    return [g / Y.shape[1] for g in grad(params, X, Y)]
