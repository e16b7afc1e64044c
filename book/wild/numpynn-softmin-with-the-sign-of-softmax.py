"""An output layer with a softmin hands down prediction minus label, as if it were a softmax; the sign is wrong."""

import numpy as np

SOURCE = "https://github.com/RECHE23/NumPy-Neural-Network/commit/fff3c8d"
THREAD = "RECHE23/NumPy-Neural-Network fff3c8d (the sign of the Jacobian: 9f4c6ef)"
DATE = "2023-09"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\partial C / \partial z = a - y,\; a_k = e^{-z_k} / \textstyle\sum_j e^{-z_j},\; C = -\sum y \log a"
RIGHT = r"\partial C / \partial z = y - a"
READ = "code"
LAYER = [1, 2]
NAMES = [{"sign"}]
NET = None  # a softmin at the output
BLOCKS = ["weight[1]", "bias[1]", "weight[2]", "bias[2]"]
SAMPLES = 7
LAM = 0.0
SIZES = (4, 5, 3)


def start(rng):
    params = []
    for in_features, out_features in zip(SIZES, SIZES[1:]):
        params += [rng.standard_normal((out_features, in_features)), 0.3 * rng.standard_normal((1, out_features))]
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def tanh(x, prime=False):
    return 1 - np.tanh(x) ** 2 if prime else np.tanh(x)


def softmin(x):
    e = np.exp(-x - np.max(-x.real))
    return e / np.sum(e, axis=-1, keepdims=True)


def categorical_cross_entropy(y_true, y_pred):
    """The default adds all samples up."""
    return -np.sum(y_true * np.log(y_pred))


class Module:
    def forward(self, input_data):
        self.input = input_data
        self._forward_propagation(input_data)
        return self.output

    def backward(self, upstream_gradients, y_true):
        self._backward_propagation(upstream_gradients, y_true)
        return self.retrograde


class Linear(Module):
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def _forward_propagation(self, input_data):
        self.output = np.einsum("ij,kj->ik", input_data, self.weight) + self.bias

    def _backward_propagation(self, upstream_gradients, y_true):
        self.retrograde = np.einsum("ij,jk->ik", upstream_gradients, self.weight)
        self.weights_error = np.einsum("ji,jk->ki", self.input, upstream_gradients)
        self.bias_error = np.sum(upstream_gradients, axis=0, keepdims=True)


class Tanh(Module):
    def _forward_propagation(self, input_data):
        self.output = tanh(input_data)

    def _backward_propagation(self, upstream_gradients, y_true):
        self.retrograde = tanh(self.input, prime=True) * upstream_gradients


class SoftminCategoricalCrossEntropy(Module):
    def _forward_propagation(self, input_data):
        self.output = softmin(input_data)

    def _backward_propagation(self, upstream_gradients, y_true):
        self.retrograde = self.output - y_true


class RightSoftmin(SoftminCategoricalCrossEntropy):
    def _backward_propagation(self, upstream_gradients, y_true):
        self.retrograde = y_true - self.output


def network(params, kind):
    return [Linear(*params[:2]), Tanh(), Linear(*params[2:]), kind()]


def forward(modules, X):
    for module in modules:
        X = module.forward(X)
    return X


def cost(params, X, Y):
    return categorical_cross_entropy(Y, forward(network(params, SoftminCategoricalCrossEntropy), X))


def backward(params, X, Y, kind):
    modules = network(params, kind)
    forward(modules, X)
    upstream = None
    for module in reversed(modules):
        upstream = module.backward(upstream, Y)
    return [error for linear in modules[::2] for error in (linear.weights_error, linear.bias_error)]


def grad(params, X, Y):
    return backward(params, X, Y, SoftminCategoricalCrossEntropy)


def repaired(params, X, Y):
    return backward(params, X, Y, RightSoftmin)
