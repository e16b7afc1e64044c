"""In the output layer the biases' gradient is a mean over the batch, where all others are sums."""

import numpy as np

SOURCE = "https://github.com/Joaomlg/neural-network-from-scratch/commit/e6fe5ba"
THREAD = "Joaomlg/neural-network-from-scratch e6fe5ba"
DATE = "2021-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial b_2 = \tfrac1m \textstyle\sum_i \delta_i,\; \partial C / \partial W_2 = a^\top \delta"
RIGHT = r"\partial C / \partial b_2 = \textstyle\sum_i \delta_i"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(x, derivative=False):
    if derivative:
        return sigmoid(x) * (1 - sigmoid(x))
    else:
        return 1 / (1 + np.exp(-x))


def mean_square_cost(predict, target, derivative=False):
    if derivative:
        return -1 * (target - predict)
    return (1 / 2) * np.sum((target - predict) ** 2) / len(target)


class DenseLayer:
    def __init__(self, weights, bias, activation):
        self.weights, self.bias, self.activation = weights, bias, activation

    def forward(self, input_data):
        self.input_data = input_data
        self.pre_activation = (self.input_data @ self.weights) + self.bias
        self.output = self.activation(self.pre_activation)
        return self.output

    def backward(self):
        self.output_gradient = (self.next_layer.output_gradient @ self.next_layer.weights.T) * self.activation(
            self.pre_activation, derivative=True
        )
        self.gradient = self.input_data.T @ self.output_gradient
        self.bias_gradient = self.output_gradient.sum(axis=0)


class OutputLayer(DenseLayer):
    right = False

    def __init__(self, weights, bias, activation, cost):
        self.cost = cost
        super().__init__(weights, bias, activation)

    def backward(self, target):
        self.output_gradient = self.cost(self.output, target, derivative=True) * self.activation(
            self.pre_activation, derivative=True
        )
        self.gradient = self.input_data.T @ self.output_gradient
        if self.right:
            self.bias_gradient = self.output_gradient.sum(axis=0)
        else:
            self.bias_gradient = self.output_gradient.mean(axis=0)


class MLP:
    def __init__(self, params):
        self.layers = [DenseLayer(*params[:2], sigmoid), OutputLayer(*params[2:], sigmoid, mean_square_cost)]
        self.layers[0].next_layer = self.layers[1]

    def feedforward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backpropagation(self, y):
        self.layers[-1].backward(y)
        for layer in reversed(self.layers[:-1]):
            layer.backward()


def start(rng):
    return [
        *(rng.standard_normal((3, 4)), rng.standard_normal(4)),
        *(rng.standard_normal((4, 2)), rng.standard_normal(2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.random((SAMPLES, 2))


def cost(params, X, Y):
    return mean_square_cost(MLP(params).feedforward(X), Y)


def gradients(params, X, Y, right):
    """Divided by the size of the batch, which the author leaves to the learning rate."""
    mlp = MLP(params)
    mlp.layers[-1].right = right
    mlp.feedforward(X)
    mlp.backpropagation(Y)
    return [g / len(X) for layer in mlp.layers for g in (layer.gradient, layer.bias_gradient)]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
