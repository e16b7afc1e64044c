"""The weights take the mean of what is a mean already, and the layers below go through weights that have moved."""

import numpy as np

SOURCE = "https://github.com/AlicesRestaurant/parallel-NN-library/commit/8da8ec6"
THREAD = "AlicesRestaurant/parallel-NN-library 8da8ec6, babc464"
DATE = "2022-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l = \frac{1}{m^2} \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top,\; "
    r"\delta^1 = (W^2 - \eta\, \partial C / \partial W^2)^\top \delta^2 \odot \sigma'(z^1)"
)
RIGHT = (
    r"\partial C / \partial W^l = \frac1m \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top,\; "
    r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-twice", "stale-weights"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0

ALPHA = 0.5


def start(rng):
    """The first column of each matrix is the biases."""
    return [rng.uniform(-1, 1, (SIZES[1], SIZES[0] + 1)), rng.uniform(-1, 1, (SIZES[2], SIZES[1] + 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class FCLayer:
    def __init__(self, weights):
        self.weights = weights

    def forward_propagate(self, inputs):
        self.layer_inputs = np.vstack([np.ones((1, inputs.shape[1])), inputs])
        return self.weights @ self.layer_inputs

    def gradients_wrt_inputs(self, top_derivatives):
        return self.weights[:, 1:].T @ top_derivatives

    def gradients_wrt_weights(self, top_derivatives, right):
        if right:
            return top_derivatives @ self.layer_inputs.T
        examples_num = self.layer_inputs.shape[1]
        mean_derivatives = np.zeros_like(self.weights)
        for i in range(examples_num):
            mean_derivatives += np.outer(top_derivatives[:, i], self.layer_inputs[:, i])
        return mean_derivatives / examples_num


class SigmoidLayer:
    def forward_propagate(self, inputs):
        self.outputs = 1 / (1 + np.exp(-inputs))
        return self.outputs

    def gradients_wrt_inputs(self, top_derivatives):
        return top_derivatives * self.outputs * (1 - self.outputs)


def forward_pass(params, X):
    layers = [FCLayer(params[0]), SigmoidLayer(), FCLayer(params[1])]
    outputs = X.T
    for layer in layers:
        outputs = layer.forward_propagate(outputs)
    return layers, outputs


def cost(params, X, Y):
    return np.sum((forward_pass(params, X)[1] - Y.T) ** 2) / len(X)


def train_batch(params, X, Y, right):
    layers, outputs = forward_pass(params, X)
    derivatives = {}
    top_derivatives = 2.0 / len(X) * (outputs - Y.T)
    for i in range(len(layers) - 1, -1, -1):
        if right:
            below = layers[i].gradients_wrt_inputs(top_derivatives)
        if isinstance(layers[i], FCLayer):
            derivatives[i] = layers[i].gradients_wrt_weights(top_derivatives, right)
            layers[i].weights = layers[i].weights - ALPHA * derivatives[i]
        if not right:
            below = layers[i].gradients_wrt_inputs(top_derivatives)
        top_derivatives = below
    return [derivatives[0], derivatives[2]]


def grad(params, X, Y):
    return train_batch(params, X, Y, right=False)


def repaired(params, X, Y):
    return train_batch(params, X, Y, right=True)
