"""Layers hand their outputs to the slope, which takes the hyperbolic tangent of them once more."""

import numpy as np

SOURCE = "https://github.com/foxis/EasyNeuralNetworks/commit/b0ff8c9"
THREAD = "foxis/EasyNeuralNetworks b0ff8c9"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot (1 - \tanh^2 a^l)"
RIGHT = r"\delta^l = (\cdot) \odot \bigl(1 - (a^l)^2\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a-throughout"}, {"slope-of-a"}]
SIZES = (2, 5, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The weights of a layer are one vector; those of a unit stand together, with its bias behind them."""
    return [rng.standard_normal((n + 1) * k) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, SIZES[-1]))


class TanhActivation:
    def forward(self, val):
        return np.tanh(val)

    def backward(self, val, right):
        if right:
            return 1 - val * val
        t = np.tanh(val)
        return 1 - t * t


class DenseLayer:
    def __init__(self, weights, num_inputs, activation):
        self.weights, self.num_inputs, self.activation = weights, num_inputs, activation
        self.num_outputs = len(weights) // (num_inputs + 1)

    def forward(self, inputs):
        self.inputs, self.outputs = inputs, []
        w = 0
        for _ in range(self.num_outputs):
            acc = 0
            for i in range(self.num_inputs):
                acc += inputs[i] * self.weights[w]
                w += 1
            acc += self.weights[w]
            w += 1
            self.outputs.append(self.activation.forward(acc))
        return self.outputs

    def backward(self, deltas, right):
        """The deltas are multiplied where they stand; the errors for the layer below are given back."""
        for j in range(self.num_outputs):
            deltas[j] *= self.activation.backward(self.outputs[j], right)
        errors = []
        for i in range(self.num_inputs):
            delta = 0
            for j in range(self.num_outputs):
                delta += deltas[j] * self.weights[i + j * (self.num_inputs + 1)]
            errors.append(delta)
        return errors

    def update(self, deltas):
        """What is added to the weights, but for the rate."""
        step = np.zeros_like(self.weights)
        w = 0
        for j in range(self.num_outputs):
            for i in range(self.num_inputs):
                step[w] += deltas[j] * self.inputs[i]
                w += 1
            step[w] += deltas[j]
            w += 1
        return step


def calculate(params, x):
    layers = [DenseLayer(weights, n, TanhActivation()) for weights, n in zip(params, SIZES)]
    outputs = x
    for layer in layers:
        outputs = layer.forward(outputs)
    return layers, outputs


def cost(params, X, Y):
    return 0.5 * sum(np.sum((y - np.array(calculate(params, x)[1])) ** 2) for x, y in zip(X, Y)) / len(X)


def fit_epoch(params, X, Y, right):
    """The author adds each sample's steps; here they are turned round, and their mean is taken."""
    totals = [np.zeros_like(weights) for weights in params]
    for x, y in zip(X, Y):
        layers, outputs = calculate(params, x)
        errors = [target - output for target, output in zip(y, outputs)]
        for l in range(len(layers) - 1, -1, -1):
            deltas = errors
            errors = layers[l].backward(deltas, right)
            totals[l] -= layers[l].update(deltas) / len(X)
    return totals


def grad(params, X, Y):
    return fit_epoch(params, X, Y, right=False)


def repaired(params, X, Y):
    return fit_epoch(params, X, Y, right=True)
