"""The slope of a categorical cross entropy is minus the labels, never divided by the predicted probabilities."""

import numpy as np

SOURCE = "https://github.com/MichaelLesirge/neural-network/commit/2cf175410c21a8e0846fba03d05afdb3e7a1f5e4"
THREAD = "MichaelLesirge/neural-network 2cf1754"
DATE = "2023-08"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\partial C / \partial a = -y / m,\; \delta = (\operatorname{diag} a - a a^\top)\, \partial C / \partial a"
RIGHT = r"\partial C / \partial a = -\tfrac1m\, y / a,\; \delta = \tfrac1m (a - y)"
READ = "code"
LAYER = [1, 2, 3]
NAMES = []
SIZES = (4, 6, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [
        {"weights": rng.standard_normal((n, k)), "bias": 0.5 * rng.standard_normal((1, k))}
        for n, k in zip(SIZES, SIZES[1:])
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, SIZES[-1], SAMPLES)


class Dense:
    def __init__(self, block):
        self.weights, self.bias = block["weights"], block["bias"]

    def forward(self, inputs):
        return np.dot(inputs, self.weights) + self.bias

    def backward(self, inputs, output_gradient):
        self.gradient = {"weights": inputs.T @ output_gradient, "bias": output_gradient.sum(0, keepdims=True)}
        return np.dot(output_gradient, self.weights.T)


class ReLU:
    def forward(self, inputs):
        return np.where(inputs.real > 0, inputs, 0)

    def backward(self, inputs, output_gradient):
        return output_gradient * (inputs.real > 0)


class Softmax:
    def forward(self, inputs):
        e_x = np.exp(inputs - np.max(inputs.real, axis=-1, keepdims=True))
        return e_x / np.sum(e_x, axis=-1, keepdims=True)

    def backward(self, inputs, output_gradient):
        input_derivative = []
        for single_output, single_grad in zip(self.forward(inputs), output_gradient):
            single_output = single_output.reshape(-1, 1)
            jacobian_matrix = np.diagflat(single_output) - np.dot(single_output, single_output.T)
            input_derivative.append(np.dot(jacobian_matrix, single_grad))
        return np.array(input_derivative)


class CategoricalCrossEntropy:
    def _labels_to_one_hot(self, y_true, y_pred):
        return np.eye(np.size(y_pred, 1))[y_true]

    def forward(self, y_true, y_pred):
        y_true = self._labels_to_one_hot(y_true, y_pred)
        return np.mean(-np.log(np.sum(y_pred * y_true, axis=1)))

    def backward(self, y_true, y_pred):
        y_true = self._labels_to_one_hot(y_true, y_pred)
        return self.loss_prime(y_true, y_pred) / np.size(y_true, 0)

    def loss_prime(self, y_true, y_pred):
        return -y_true


class CategoricalCrossEntropyLater(CategoricalCrossEntropy):
    def loss_prime(self, y_true, y_pred):
        return -y_true / y_pred


def compute(params, X):
    layers = []
    for block in params:
        layers += [Dense(block), ReLU()]
    layers[-1] = Softmax()
    activations = [X]
    for layer in layers:
        activations.append(layer.forward(activations[-1]))
    return layers, activations


def cost(params, X, Y):
    return CategoricalCrossEntropy().forward(Y, compute(params, X)[1][-1])


def train(params, X, Y, loss):
    layers, activations = compute(params, X)
    gradient = loss.backward(Y, activations.pop())
    for layer, activation in zip(reversed(layers), reversed(activations)):
        gradient = layer.backward(activation, gradient)
    return [layer.gradient for layer in layers if isinstance(layer, Dense)]


def grad(params, X, Y):
    return train(params, X, Y, CategoricalCrossEntropy())


def repaired(params, X, Y):
    return train(params, X, Y, CategoricalCrossEntropyLater())
