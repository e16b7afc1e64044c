"""Each sample's softmax is led back with the upper gradient of the first sample, for the counter is never raised."""

import numpy as np

SOURCE = "https://github.com/pranftw/neograd/commit/5dcfe5d"
THREAD = "pranftw/neograd 5dcfe5d"
DATE = "2022-09"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\partial C / \partial z^{(i)} = J(a^{(i)})\, \partial C / \partial a^{(1)},\; J(a) = \text{diag}(a) - a a^T"
RIGHT = r"\partial C / \partial z^{(i)} = J(a^{(i)})\, \partial C / \partial a^{(i)},\; J(a) = \text{diag}(a) - a a^T"
READ = "code"  # the layers are the author's, put together to a small network
LAYER = [2]
NAMES = [{"formula"}, {"line"}]
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Weights (one row for each input) and biases of the two linear layers."""
    return [
        rng.standard_normal((3, 4)),
        rng.standard_normal((1, 4)),
        rng.standard_normal((4, 3)),
        rng.standard_normal((1, 3)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class Softmax:
    def __init__(self, axis):
        self.axis = axis

    def forward(self, tens):
        self.tens = tens
        return np.apply_along_axis(self.calc_softmax, self.axis, tens)

    def backward(self, ug):
        def softmax_grad(arr, ug_slices, counter):  # arr will always be 1d array
            local_grad = -np.broadcast_to(arr, (arr.size, arr.size))
            np.fill_diagonal(local_grad, 1 + np.diagonal(local_grad))
            local_grad = local_grad * arr.reshape(arr.size, 1)
            result = np.dot(local_grad, ug_slices[counter])
            counter += 1
            return result

        def get_ug_slices(arr, ug_slices):
            ug_slices.append(arr)
            return 0.0

        result = np.apply_along_axis(self.calc_softmax, self.axis, self.tens)
        counter = 0
        ug_slices = []
        np.apply_along_axis(get_ug_slices, self.axis, ug, ug_slices)
        return np.apply_along_axis(softmax_grad, self.axis, result, ug_slices, counter)

    def calc_softmax(self, arr):
        exponentiated = np.exp(arr - np.max(arr.real))
        sum_val = np.sum(exponentiated)
        return exponentiated / sum_val


class SoftmaxLater(Softmax):
    def backward(self, ug):
        def softmax_grad(arr, ug_slices):  # arr will always be 1d array
            local_grad = -np.broadcast_to(arr, (arr.size, arr.size))
            np.fill_diagonal(local_grad, 1 + np.diagonal(local_grad))
            local_grad = local_grad * arr.reshape(arr.size, 1)
            return np.dot(local_grad, ug_slices.pop(0))

        def get_ug_slices(arr, ug_slices):
            ug_slices.append(arr)
            return 0.0

        result = np.apply_along_axis(self.calc_softmax, self.axis, self.tens)
        ug_slices = []
        np.apply_along_axis(get_ug_slices, self.axis, ug, ug_slices)
        return np.apply_along_axis(softmax_grad, self.axis, result, ug_slices)


class Linear:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def forward(self, inputs):
        self.inputs = inputs
        return np.dot(inputs, self.weights) + self.bias

    def backward(self, ug):
        self.weights_grad = np.dot(self.inputs.T, ug)
        self.bias_grad = np.sum(ug, axis=0, keepdims=True)
        return np.dot(ug, self.weights.T)


class Sigmoid:
    def forward(self, tens):
        self.result = 1 / (1 + np.exp(-tens))
        return self.result

    def backward(self, ug):
        return self.result * (1 - self.result) * ug


class CE:
    epsilon = 1e-8

    def forward(self, outputs, targets):
        num_examples = outputs.shape[0]
        self.outputs, self.targets = outputs, targets
        entropy = np.sum(targets * np.log(outputs + self.epsilon))
        return (-1 / num_examples) * entropy

    def backward(self):
        return (-1 / len(self.outputs)) * self.targets / (self.outputs + self.epsilon)


class NN:
    def __init__(self, params, softmax=Softmax):
        self.stack = [Linear(*params[:2]), Sigmoid(), Linear(*params[2:]), softmax(1)]
        self.loss = CE()

    def forward(self, inputs, targets):
        for layer in self.stack:
            inputs = layer.forward(inputs)
        return self.loss.forward(inputs, targets)

    def backward(self):
        ug = self.loss.backward()
        for layer in reversed(self.stack):
            ug = layer.backward(ug)
        return [g for layer in self.stack[::2] for g in (layer.weights_grad, layer.bias_grad)]


def cost(params, X, Y):
    return NN(params).forward(X, Y)


def grad(params, X, Y):
    model = NN(params)
    model.forward(X, Y)
    return model.backward()


def repaired(params, X, Y):
    model = NN(params, SoftmaxLater)
    model.forward(X, Y)
    return model.backward()
