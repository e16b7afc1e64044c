"""The output's local gradient takes half of the squared error where the error itself belongs."""

import numpy as np

SOURCE = "https://github.com/job25721/mlp-train-backpropagation-/commit/cb9b1e0"
THREAD = "job25721/mlp-train-backpropagation- cb9b1e0"
DATE = "2020-08"
KIND = "gradient"
FORMULA = r"\delta = \tfrac12 (d - y)^2\, y (1 - y)"
RIGHT = r"\delta = (d - y)\, y (1 - y)"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
NET = None  # a network whose biases are not added
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def prediction_error(desire_output, actual_output, right):
    if right:
        return desire_output - actual_output
    return ((desire_output - actual_output) ** 2) / 2


def local_gradient_output(y, err):
    return err * (y * (1 - y))


def local_gradient_hidden(y, summation_next_local_gradient):
    return y * (1 - y) * summation_next_local_gradient


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class Node:
    def __init__(self, w, activation):
        self.w, self.activation = w, activation
        self.step = [0.0] * len(w)

    def calculateOutput(self, prev_y):
        sum = 0.0
        for i, w in enumerate(self.w):
            sum += prev_y[i] * w
        self.y = self.activation(sum)


class Model:
    def __init__(self, params):
        self.hidden_layers = [[Node(w, sigmoid) for w in params[0]]]
        self.output_layer = [Node(w, sigmoid) for w in params[1]]

    def forward(self, d):
        for count, hidden_layer in enumerate(self.hidden_layers):
            for node in hidden_layer:
                if count == 0:
                    node.calculateOutput(d)
                else:
                    node.calculateOutput([prev_y.y for prev_y in self.hidden_layers[count - 1]])
        for output_node in self.output_layer:
            output_node.calculateOutput([prev_y.y for prev_y in self.hidden_layers[-1]])
        return self.output_layer[0].y

    def Fit(self, train_dataset, right=False):
        """One epoch; the steps, without rate and momentum, are gathered and not taken."""
        for d, desireOutput in train_dataset:
            self.forward(d)
            err = prediction_error(desireOutput, self.output_layer[0].y, right)
            for output_node in self.output_layer:
                output_node.local_gradient = local_gradient_output(y=output_node.y, err=err)
            for count, hidden_layer in reversed(list(enumerate(self.hidden_layers))):
                for i, node in enumerate(hidden_layer):
                    if count == len(self.hidden_layers) - 1:
                        above = self.output_layer
                    else:
                        above = self.hidden_layers[count + 1]
                    summation = sum([n.w[i] * n.local_gradient for n in above])
                    node.local_gradient = local_gradient_hidden(node.y, summation)
            for node in self.output_layer:
                for i in range(len(node.w)):
                    node.step[i] += node.local_gradient * self.hidden_layers[-1][i].y
            for l, hidden_layer in reversed(list(enumerate(self.hidden_layers))):
                for node in hidden_layer:
                    for i in range(len(node.w)):
                        y_prev = d[i] if l == 0 else self.hidden_layers[l - 1][i].y
                        node.step[i] += node.local_gradient * y_prev
        layers = self.hidden_layers + [self.output_layer]
        return [-np.array([node.step for node in layer]) / len(train_dataset) for layer in layers]


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal((1, 4))]


def data(rng):
    return rng.random((SAMPLES, 3)), rng.random(SAMPLES)


def cost(params, X, Y):
    return sum((y - Model(params).forward(x)) ** 2 for x, y in zip(X, Y)) / 2 / len(X)


def grad(params, X, Y):
    return Model(params).Fit(list(zip(X, Y)))


def repaired(params, X, Y):
    return Model(params).Fit(list(zip(X, Y)), right=True)
