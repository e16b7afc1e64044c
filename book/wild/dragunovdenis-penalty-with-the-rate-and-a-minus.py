"""The penalty is reported with the factor that the weights' step has, minus the learning rate times lambda over n."""

import numpy as np

SOURCE = "https://github.com/dragunovdenis/DeepLearning/commit/44fbe28"
THREAD = "dragunovdenis/DeepLearning 44fbe28"
DATE = "2022-06"
KIND = "cost"
FORMULA = r"C = \dfrac1n \textstyle\sum_i \tfrac12 \lVert a_i - y_i \rVert^2 - \dfrac{\eta \lambda}{2 n} \sum w^2"
RIGHT = r"C = \dfrac1n \textstyle\sum_i \tfrac12 \lVert a_i - y_i \rVert^2 + \dfrac{\lambda}{2 n} \sum w^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # a network with another penalty than the usual one
BLOCKS = ["weights[1]", "biases[1]", "weights[2]", "biases[2]"]
SAMPLES = 6
LAM = 0.0
LEARNING_RATE, LAMBDA = 0.5, 0.8


def start(rng):
    return {
        "weights1": rng.standard_normal((3, 3)),
        "biases1": rng.standard_normal(3),
        "weights2": rng.standard_normal((2, 3)),
        "biases2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def squared_error(x, ref):
    diff = x - ref
    return 0.5 * diff * diff


class NLayer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def act(self, input):
        self.input = input
        self.output = 1 / (1 + np.exp(-(self.weights @ input + self.biases)))
        return self.output

    def backpropagate(self, deltas):
        biases_grad = deltas * self.output * (1 - self.output)
        return self.weights.T @ biases_grad, np.outer(biases_grad, self.input), biases_grad

    def squared_weights_sum(self):
        return np.sum(self.weights * self.weights)


class Net:
    def __init__(self, params):
        self.layers = [NLayer(params["weights" + i], params["biases" + i]) for i in "12"]

    def act(self, input):
        for layer in self.layers:
            input = layer.act(input)
        return input

    def squared_weights_sum(self):
        total = 0
        for layer in self.layers:
            total = total + layer.squared_weights_sum()
        return total

    def evaluate_cost_function(self, test_input, reference_output, l2_reg_factor):
        cost_sum = 0
        for input, reference in zip(test_input, reference_output):
            cost_sum = cost_sum + np.sum(squared_error(self.act(input), reference))
        return cost_sum / len(test_input) + l2_reg_factor * self.squared_weights_sum()

    def average_gradient(self, training_items, reference_items):
        collected = [[np.zeros_like(layer.weights), np.zeros_like(layer.biases)] for layer in self.layers]
        for item, reference in zip(training_items, reference_items):
            deltas = self.act(item) - reference
            for layer_id in range(len(self.layers) - 1, -1, -1):
                deltas, weights_grad, biases_grad = self.layers[layer_id].backpropagate(deltas)
                collected[layer_id][0] += weights_grad / len(training_items)
                collected[layer_id][1] += biases_grad / len(training_items)
        return collected


def reg_factor(items):
    return -LEARNING_RATE * LAMBDA / len(items)


def cost(params, X, Y):
    return Net(params).evaluate_cost_function(X, Y, 0.5 * reg_factor(X))


def meant(params, X, Y):
    lambda_scaled = LAMBDA / len(X)
    return Net(params).evaluate_cost_function(X, Y, 0.5 * lambda_scaled)


def gradient(params, X, Y, decay):
    net = Net(params)
    out = {}
    for i, (weights_grad, biases_grad) in zip("12", net.average_gradient(X, Y)):
        out["weights" + i] = weights_grad + decay * params["weights" + i]
        out["biases" + i] = biases_grad
    return {name: out[name] for name in params}


def grad(params, X, Y):
    """What the weights' step is minus the rate times, -rate g + reg_factor w."""
    return gradient(params, X, Y, -reg_factor(X) / LEARNING_RATE)


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    return gradient(params, X, Y, reg_factor(X))
