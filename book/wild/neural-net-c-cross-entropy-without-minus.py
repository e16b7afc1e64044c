"""The backward pass of a cross-entropy has lost its minus."""

import numpy as np

SOURCE = "https://github.com/platycristate/neural-net-c/commit/7f97e54"
THREAD = "platycristate/neural-net-c 7f97e54"
DATE = "2022-08"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial p_i = t_i / p_i"
RIGHT = r"\partial C / \partial p_i = -t_i / p_i,\; C = -\textstyle\sum_i t_i \log p_i,\; p = \sigma(z^L)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"sign"}]
NET = None  # this cross-entropy, without the part of 1 - p, stands on a sigmoid output
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    shapes = [(4, 3), (4, 1), (3, 4), (3, 1)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 3)).astype(float)


class CrossEntropyLoss:
    @staticmethod
    def forward(pred, target):
        """As mended in the same commit: it was the logarithm of 1 + p."""
        result = 0
        for i in range(len(pred)):
            value = target[i, 0] * np.log(pred[i, 0])
            result -= value
        return result

    @staticmethod
    def backward(pred, target, right):
        grad_output_input = np.zeros_like(pred)
        for row in range(len(pred)):
            if right:
                grad_w = -target[row, 0] * 1 / (pred[row, 0] + 1e-8)
            else:
                grad_w = target[row, 0] * 1 / (pred[row, 0] + 1e-8)
            grad_output_input[row, 0] = grad_w
        return grad_output_input.T


class Sigmoid:
    @staticmethod
    def forward(input):
        return 1 / (1 + np.exp(-input))

    @staticmethod
    def backward(grad_output, output):
        return grad_output * output.T * (1 - output.T)


class ReLU:
    @staticmethod
    def forward(input):
        return np.where(input.real > 0, input, 0)

    @staticmethod
    def backward(grad_output, output):
        return np.where(output.T > 0.0, 1.0 * grad_output, 0.0)


class LinearLayer:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, input):
        self.input_vec = input
        return self.weight @ input + self.bias

    def backward(self, grad_output):
        self.grad_weight, self.grad_bias = np.zeros_like(self.weight), np.zeros_like(self.bias)
        for row in range(len(self.weight)):
            self.grad_bias[row, 0] = grad_output[0, row]
            for col in range(self.weight.shape[1]):
                self.grad_weight[row, col] = self.input_vec[col, 0] * grad_output[0, row]
        self.grad_input = grad_output @ self.weight


class Network:
    def __init__(self, params):
        self.layers = [LinearLayer(*params[i : i + 2]) for i in range(0, len(params), 2)]

    def forward(self, input):
        x = self.layers[0].forward(input)
        for layer in self.layers[1:]:
            x = ReLU.forward(x)
            x = layer.forward(x)
        return x

    def backward(self, grad_output):
        for layer in self.layers[:0:-1]:
            layer.backward(grad_output)
            grad_output = layer.grad_input
            grad_output = ReLU.backward(grad_output, layer.input_vec)
        self.layers[0].backward(grad_output)


def cost(params, X, Y):
    net = Network(params)
    return sum(CrossEntropyLoss.forward(Sigmoid.forward(net.forward(x[:, None])), y[:, None]) for x, y in zip(X, Y))


def gradients(params, X, Y, right):
    net = Network(params)
    total = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        prob = Sigmoid.forward(net.forward(x[:, None]))
        grad_output = CrossEntropyLoss.backward(prob, y[:, None], right)
        grad_output = Sigmoid.backward(grad_output, prob)
        net.backward(grad_output)
        for i, layer in enumerate(net.layers):
            total[2 * i] += layer.grad_weight
            total[2 * i + 1] += layer.grad_bias
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
