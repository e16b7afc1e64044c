"""A sum hands one vector of gradients to both summands, though the first is allowed to change it in its place."""

import numpy as np

SOURCE = "https://github.com/unixpickle/autofunc/commit/9332742"
THREAD = "unixpickle/autofunc 9332742"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\bar r_2 = \bar s \odot \sigma'(z),\; s = \sigma(z) + r_2"
RIGHT = r"\bar r_2 = \bar s,\; s = \sigma(z) + r_2"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"argument-changed"}]
INPUTS, OUTPUTS = 3, 2
NET = None  # a layer of sigmoids and a linear one, side by side
BLOCKS = ["steep[1]", "straight[1]"]
SAMPLES = 7
LAM = 0.0


class LinTran:
    def __init__(self, name, data, input):
        self.name, self.data, self.input, self.output = name, data, input, data @ input

    def propagate_gradient(self, upstream, grad):
        grad[self.name] += np.outer(upstream, self.input)


class Sigmoid:
    def __init__(self, result):
        self.input, self.output = result, 1 / (1 + np.exp(-result.output))

    def propagate_gradient(self, upstream, grad):
        for i, x in enumerate(self.output):
            upstream[i] *= x * (1 - x)
        self.input.propagate_gradient(upstream, grad)


class ResultSum:
    def __init__(self, r1, r2, right):
        self.r1, self.r2, self.right, self.output = r1, r2, right, r1.output + r2.output

    def propagate_gradient(self, upstream, grad):
        self.r1.propagate_gradient(upstream.copy() if self.right else upstream, grad)
        self.r2.propagate_gradient(upstream, grad)


def start(rng):
    return {"steep": rng.standard_normal((OUTPUTS, INPUTS)), "straight": rng.standard_normal((OUTPUTS, INPUTS))}


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal((SAMPLES, OUTPUTS))


def apply(params, x, right=True):
    steep, straight = (LinTran(name, params[name], x) for name in ("steep", "straight"))
    return ResultSum(Sigmoid(steep), straight, right)


def cost(params, X, Y):
    return 0.5 * sum(np.sum((apply(params, x).output - y) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    grad = {name: np.zeros_like(block) for name, block in params.items()}
    for x, y in zip(X, Y):
        result = apply(params, x, right)
        result.propagate_gradient((result.output - y) / len(X), grad)
    return grad


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
