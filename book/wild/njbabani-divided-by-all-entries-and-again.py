"""A loss divides by all its entries, layers divide by the samples again, and weights move before they hand down."""

import numpy as np

SOURCE = "https://github.com/njbabani/MNIST-NN/commit/aca6650"
THREAD = "njbabani/MNIST-NN aca6650, 674c18b"
DATE = "2024-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l = \frac{1}{m^2 K} \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top,\; "
    r"\delta^1 = (W^2 - \eta\, \partial C / \partial W^2)^\top \delta^2 \odot [z^1 > 0]"
)
RIGHT = (
    r"\partial C / \partial W^l = \frac1m \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top,\; "
    r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

RATE = 0.5


def start(rng):
    return {
        "weights": [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])],
        "bias": [rng.standard_normal((k, 1)) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class Dense:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def __call__(self, data):
        self.output = self.weights @ data + self.bias
        return self.output


class ReLU:
    def __call__(self, data):
        self.output = data * (data.real > 0)
        return self.output

    def gradient(self, data):
        result = np.zeros_like(data)
        result[data > 0] = 1
        return result


class Softmax:
    def __call__(self, data):
        exp_data = np.exp(data - data.real.max(0, keepdims=True))
        self.output = exp_data / exp_data.sum(0, keepdims=True)
        return self.output


class CCE:
    def __call__(self, y_hat, y_hot):
        return -np.mean(np.sum(y_hot * np.log(y_hat), axis=0))

    def gradient(self, y_hat, y_hot, right):
        grad = y_hat - y_hot
        return grad if right else grad / y_hat.size


def forward(params, X):
    lower, upper = [Dense(*pair) for pair in zip(params["weights"], params["bias"])]
    layers = [lower, ReLU(), upper, Softmax()]
    A = X.T
    for layer in layers:
        A = layer(A)
    return layers, A


def cost(params, X, Y):
    return CCE()(forward(params, X)[1], Y.T)


def back_propagate(params, X, Y, right):
    layers, output = forward(params, X)
    dA = CCE().gradient(output, Y.T, right)
    for index in reversed(range(len(layers))):
        layer = layers[index]
        if isinstance(layer, ReLU):
            dA = dA * layer.gradient(layer.output)
        elif isinstance(layer, Dense):
            prev_layer_output = X.T if index == 0 else layers[index - 1].output
            dZ = dA
            if not right and isinstance(layers[index + 1], ReLU):
                dZ = dA * layers[index + 1].gradient(layer.output)
            layer.grad_weights = dZ @ prev_layer_output.T / len(X)
            layer.grad_bias = np.mean(dZ, axis=1, keepdims=True)
            if not right:
                layer.weights = layer.weights - RATE * layer.grad_weights
            dA = layer.weights.T @ dZ
    dense = [layer for layer in layers if isinstance(layer, Dense)]
    return {"weights": [layer.grad_weights for layer in dense], "bias": [layer.grad_bias for layer in dense]}


def grad(params, X, Y):
    return back_propagate(params, X, Y, right=False)


def repaired(params, X, Y):
    return back_propagate(params, X, Y, right=True)
