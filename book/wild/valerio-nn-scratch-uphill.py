"""The weights are updated by adding the gradient of the loss times the learning rate instead of subtracting it."""

import numpy as np

SOURCE = "https://github.com/Valerio3240264/nn-scratch/commit/8cfb27b"
THREAD = "Valerio3240264/nn-scratch 8cfb27b"
DATE = "2025-09"
KIND = "update"
FORMULA = r"w \leftarrow w + \eta\, g"
RIGHT = r"w \leftarrow w - \eta\, g"
READ = "code"
LAYER = []
NAMES = [{"sign"}]
NET = None  # no biases, and the squares are summed over samples and outputs
BLOCKS = ["w[1]", "w[2]"]
SAMPLES = 6
LAM = 0.0


LR = 0.02
SETTINGS = dict(like="sgd", lr=LR)
SIZES = [(3, 4), (4, 2)]


def start(rng):
    """A flat array for each layer, the outputs of an input side by side."""
    return [rng.standard_normal(input_size * output_size) for input_size, output_size in SIZES]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(-0.9, 0.9, (SAMPLES, 2))


def outputs(params, x):
    values = [x]
    for w, (input_size, output_size) in zip(params, SIZES):
        output = [0.0] * output_size
        for i in range(output_size):
            for j in range(input_size):
                output[i] = output[i] + w[j * output_size + i] * values[-1][j]
        values.append([np.tanh(z) for z in output])
    return values


def cost(params, X, Y):
    total = 0.0
    for x, target in zip(X, Y):
        for prediction, t in zip(outputs(params, x)[-1], target):
            total = total + (prediction - t) * (prediction - t)
    return total


def repaired(params, X, Y):
    """The right gradient, to train with."""
    grads = [np.zeros(w.size) for w in params]
    for x, target in zip(X, Y):
        values = outputs(params, x)
        derivatives = [2 * (prediction - t) for prediction, t in zip(values[-1], target)]
        for k in (1, 0):
            input_size, output_size = SIZES[k]
            derivatives = [d * (1 - a * a) for d, a in zip(derivatives, values[k + 1])]
            prev_grad = [0.0] * input_size
            for i in range(input_size):
                for j in range(output_size):
                    prev_grad[i] += derivatives[j] * params[k][i * output_size + j]
                    grads[k][i * output_size + j] += values[k][i] * derivatives[j]
            derivatives = prev_grad
    return grads


def start_state():
    return None


class Weights:
    def __init__(self, w, grad_w, input_size, output_size):
        self.w, self.grad_w = w.copy(), grad_w
        self.input_size, self.output_size = input_size, output_size

    # Update the weights
    def update(self, learning_rate):
        for i in range(self.input_size * self.output_size):
            self.w[i] += learning_rate * self.grad_w[i]


class WeightsLater(Weights):
    def update(self, learning_rate):
        for i in range(self.input_size * self.output_size):
            self.w[i] -= learning_rate * self.grad_w[i]  # Fixed: subtract gradient for descent


class Mlp:
    def __init__(self, kind, params, grads):
        self.layers = [kind(w, grad_w, *size) for w, grad_w, size in zip(params, grads, SIZES)]

    def update(self, learning_rate):
        for i in range(len(self.layers)):
            self.layers[i].update(learning_rate)


def stepped(kind, params, grads, state):
    net = Mlp(kind, params, grads)
    net.update(LR)
    return [layer.w for layer in net.layers], state


def update(params, grads, state):
    return stepped(Weights, params, grads, state)


def repaired_update(params, grads, state):
    return stepped(WeightsLater, params, grads, state)
