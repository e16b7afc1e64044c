"""A layer adds up the gradients of a batch and does not divide them, beside a cost that is a mean."""

import numpy as np

SOURCE = "https://github.com/fuziluo/DeepNeuralNets/commit/df1670f"
THREAD = "fuziluo/DeepNeuralNets df1670f"
DATE = "2015-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top"
RIGHT = r"\partial C / \partial W^l = \frac1m \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-missing"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The weights of a unit stand together, with its bias behind them."""
    return [rng.standard_normal(k * (n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


class FullyConnectedLayer:
    def __init__(self, weights, num_of_perceptron):
        self.weights, self.num_of_perceptron = weights, num_of_perceptron
        self.weight_dim = len(weights) // num_of_perceptron

    def forward_pass(self, inputs):
        self.inputs = np.hstack([inputs, np.ones((len(inputs), 1))])
        self.activations = 1 / (1 + np.exp(-(self.inputs @ self.weights.reshape(-1, self.weight_dim).T)))
        return self.activations

    def back_prop(self, errors, right):
        """The gradients, and the errors of the layer below."""
        batch_size, weight_dim = len(errors), self.weight_dim
        gradients = np.zeros_like(self.weights)
        for i in range(self.num_of_perceptron):
            for j in range(weight_dim):
                for k in range(batch_size):
                    gradients[i * weight_dim + j] += errors[k, i] * self.inputs[k, j]
                if right:
                    gradients[i * weight_dim + j] /= batch_size
        prev_errors = np.zeros((batch_size, weight_dim - 1))
        for i, j in np.ndindex(prev_errors.shape):
            activation = self.inputs[i, j]
            for k in range(self.num_of_perceptron):
                prev_errors[i, j] += self.weights[k * weight_dim + j] * errors[i, k]
            prev_errors[i, j] *= activation * (1 - activation)
        return gradients, prev_errors


def forward_pass(params, X):
    layers = [FullyConnectedLayer(weights, k) for weights, k in zip(params, SIZES[1:])]
    for layer in layers:
        X = layer.forward_pass(X)
    return layers, X


def cost(params, X, Y):
    activations = forward_pass(params, X)[1]
    result = 0
    for i in range(Y.shape[1]):
        single_cost = 0
        for j in range(len(Y)):
            single_cost += np.log(activations[j, i]) if Y[j, i] == 1 else np.log(1 - activations[j, i])
        result -= single_cost / len(Y)
    return result


def back_propagation(params, X, Y, right):
    layers, activations = forward_pass(params, X)
    errors = activations - Y
    gradients = []
    for layer in reversed(layers):
        gradient, errors = layer.back_prop(errors, right)
        gradients.insert(0, gradient)
    return gradients


def grad(params, X, Y):
    return back_propagation(params, X, Y, right=False)


def repaired(params, X, Y):
    return back_propagation(params, X, Y, right=True)
