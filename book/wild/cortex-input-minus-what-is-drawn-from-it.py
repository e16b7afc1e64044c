"""An autoencoder within a network sends the input minus the reconstruction down, and what comes from above as it is."""

import numpy as np

SOURCE = "https://github.com/thinktopic/cortex/commit/04509d28"
THREAD = "thinktopic/cortex 04509d2"
DATE = "2016-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial h = g + D^\top (x - \hat x),\; \hat x = D h"
RIGHT = r"\partial C / \partial h = g + D^\top (\hat x - x),\; \hat x = D h"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = []
INPUTS, HIDDEN, OUTPUTS = 4, 3, 2
NET = None  # an autoencoder below an output
BLOCKS = ["up[1]", "up bias[1]", "down[2]", "down bias[2]", "out[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((HIDDEN, INPUTS)),
        rng.standard_normal(HIDDEN),
        rng.standard_normal((INPUTS, HIDDEN)),
        rng.standard_normal(INPUTS),
        rng.standard_normal((OUTPUTS, HIDDEN)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal((SAMPLES, OUTPUTS))


class Linear:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.gradient = [np.zeros_like(weights), np.zeros_like(bias)]

    def forward(self, x):
        self.output = self.weights @ x + self.bias
        return self.output

    def backward(self, x, output_gradient):
        self.gradient[0] += np.outer(output_gradient, x)
        self.gradient[1] += output_gradient
        return self.weights.T @ output_gradient


class Logistic(Linear):
    def forward(self, x):
        self.output = 1 / (1 + np.exp(-super().forward(x)))
        return self.output

    def backward(self, x, output_gradient):
        return super().backward(x, output_gradient * self.output * (1 - self.output))


class Autoencoder:
    """Hands its code on, and learns to draw its input from it."""

    def __init__(self, up, down):
        self.up, self.down = up, down

    def forward(self, x):
        code = self.up.forward(x)
        self.down.forward(code)
        return code

    def backward(self, x, output_gradient, right):
        difference = self.down.output - x if right else x - self.down.output
        code_gradient = output_gradient + self.down.backward(self.up.output, difference)
        return self.up.backward(x, code_gradient)


def modules(params):
    up, up_bias, down, down_bias, out = params
    return Autoencoder(Logistic(up, up_bias), Linear(down, down_bias)), Linear(out, 0 * out[:, 0])


def cost(params, X, Y):
    coder, out = modules(params)
    total = 0.0
    for x, y in zip(X, Y):
        total += 0.5 * np.sum((out.forward(coder.forward(x)) - y) ** 2)
        total += 0.5 * np.sum((coder.down.output - x) ** 2)
    return total


def backward(params, X, Y, right):
    coder, out = modules(params)
    for x, y in zip(X, Y):
        code = coder.forward(x)
        coder.backward(x, out.backward(code, out.forward(code) - y), right)
    return [*coder.up.gradient, *coder.down.gradient, out.gradient[0]]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
