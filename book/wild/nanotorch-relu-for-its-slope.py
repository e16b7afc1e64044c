"""The activation of a layer is given the ReLU twice, as the function and as its derivative."""

import numpy as np

SOURCE = "https://github.com/JamorMoussa/NanoTorch/commit/c0bc9c9"
THREAD = "JamorMoussa/NanoTorch c0bc9c9"
DATE = "2024-04"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \mathrm{relu}(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"activation-for-slope"}]
NET = dict(sizes=(3, 4, 1), hidden="relu", output="identity", loss="mse")  # no biases
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((4, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


class Linear:
    def __init__(self, parameter):
        self.parameter = parameter

    def forward(self, x):
        self.input = x
        return x @ self.parameter

    def backward(self, out_grad):
        self.grad = self.input.T @ out_grad
        return out_grad @ self.parameter.T


class Activation:
    def __init__(self, func, prime):
        self.func, self.prime = func, prime

    def forward(self, x):
        self.input = x
        return self.func(x)

    def backward(self, out_grad):
        return out_grad * self.prime(self.input)


def relu(x):
    return np.where(x > 0, x, 0)


def relu_prime(x):
    return np.where(x > 0, 1, 0)


def model(params, prime=relu_prime):
    return [Linear(params[0]), Activation(relu, prime), Linear(params[1])]


def call(layers, X):
    for layer in layers:
        X = layer.forward(X)
    return X


def cost(params, X, Y):
    return np.sum((call(model(params), X) - Y) ** 2) / len(Y)


def backward(params, X, Y, prime):
    layers = model(params, prime)
    out_grad = 2 / len(Y) * (call(layers, X) - Y)
    for layer in reversed(layers):
        out_grad = layer.backward(out_grad)
    return [layers[0].grad, layers[2].grad]


def grad(params, X, Y):
    return backward(params, X, Y, prime=relu)


def repaired(params, X, Y):
    return backward(params, X, Y, prime=relu_prime)
