"""The slope of a ReLU is to be zero where its output is less than zero, which it never is."""

import numpy as np

SOURCE = "https://github.com/mljs/feedforward-neural-networks/commit/874eb44"
THREAD = "mljs/feedforward-neural-networks 874eb44"
DATE = "2016-12"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 \ge 0] = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 \ne 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"relu-mask"}, {"slope-missing"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def relu(value):
    return 0 * value if value.real < 0 else value


def relu_gradient(value, right):
    if right:
        return 0 if value == 0 else 1
    return 0 if value < 0 else 1


def start(rng):
    """The weights of a layer in one vector: those of each unit, its bias the last of them."""
    return [rng.standard_normal((n + 1) * k) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Layer:
    def __init__(self, weights, output_size, stop_activation, right):
        self.weights, self.stop_activation, self.right = weights, stop_activation, right
        self.output_size = output_size

    def forward(self, input):
        self.input = [*input, 1]
        offs = 0
        self.output = []
        for _ in range(self.output_size):
            total = 0
            for j in range(len(self.input)):
                total = total + self.weights[offs + j] * self.input[j]
            self.output.append(total if self.stop_activation else relu(total))
            offs += len(self.input)
        return self.output

    def train(self, error):
        """What would be added to the weights, without the rate."""
        offs = 0
        next_error = np.zeros(len(self.input))
        delta_weights = np.zeros(len(self.weights))
        for i in range(len(self.output)):
            delta = error[i]
            if not self.stop_activation:
                delta *= relu_gradient(self.output[i], self.right)
            for j in range(len(self.input)):
                index = offs + j
                next_error[j] += self.weights[index] * delta
                delta_weights[index] = self.input[j] * delta
            offs += len(self.input)
        return next_error, delta_weights


def layers_of(params, right=True):
    return [Layer(params[0], SIZES[1], False, right), Layer(params[1], SIZES[2], True, right)]


def predict(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return np.array(x)


def cost(params, X, Y):
    return 0.5 * sum(np.sum((y - predict(layers_of(params), x)) ** 2) for x, y in zip(X, Y)) / len(X)


def iteration(params, X, Y, right):
    """Written for one sample; here the mean of all."""
    layers = layers_of(params, right)
    totals = [np.zeros_like(w) for w in params]
    for x, y in zip(X, Y):
        error = y - predict(layers, x)
        for l in (1, 0):
            error, delta_weights = layers[l].train(error)
            totals[l] -= delta_weights / len(X)
    return totals


def grad(params, X, Y):
    return iteration(params, X, Y, right=False)


def repaired(params, X, Y):
    return iteration(params, X, Y, right=True)
