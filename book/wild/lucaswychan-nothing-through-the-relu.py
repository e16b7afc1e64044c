"""A ReLU makes a matrix of zeros for its gradient, sets some of them to zero again, and never copies what comes."""

import numpy as np

SOURCE = "https://github.com/lucaswychan/neuralnet-cpp/commit/1e60b20"
THREAD = "lucaswychan/neuralnet-cpp 1e60b20"
DATE = "2025-01"
KIND = "gradient"
FORMULA = r"\delta^1 = 0"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"no-gradient"}, {"layer-forgotten"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, input):
        self.input_cache = input
        return input @ self.weight + self.bias

    def backward(self, grad_output):
        self.grad = [self.input_cache.T @ grad_output, grad_output.sum(0)]
        return grad_output @ self.weight.T


class ReLU:
    def __init__(self, right):
        self.right = right

    def forward(self, input):
        self.input_cache = input
        return input * (input.real > 0)

    def backward(self, grad_output):
        if self.right:
            return grad_output * (self.input_cache > 0)
        grad = np.zeros(grad_output.shape)
        for i in range(len(self.input_cache)):
            for j in range(len(self.input_cache[i])):
                if self.input_cache[i, j] <= 0:
                    grad[i, j] = 0
        return grad


def start(rng):
    return [[rng.standard_normal((n, k)), rng.standard_normal(k)] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def softmax(logits):
    e = np.exp(logits)
    return e / np.sum(e, axis=1, keepdims=True)


def layers_of(params, right=True):
    first, second = params
    return [Linear(*first), ReLU(right), Linear(*second)]


def forward(layers, X):
    for layer in layers:
        X = layer.forward(X)
    return X


def cost(params, X, Y):
    return -np.sum(Y * np.log(softmax(forward(layers_of(params), X)))) / len(X)


def gradients(params, X, Y, right):
    layers = layers_of(params, right)
    grad = (softmax(forward(layers, X)) - Y) / len(X)
    for layer in reversed(layers):
        grad = layer.backward(grad)
    return [layers[0].grad, layers[2].grad]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
