"""In a product of branches each is given the bare gradient; earlier factors come in below them, later never."""

import numpy as np

SOURCE = "https://github.com/AdlarX9/neural-network/commit/ad890e1dfd99922ae3ccfa0b5796ee6d691bd24a"
THREAD = "AdlarX9/neural-network ad890e1"
DATE = "2026-07"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial x = \textstyle\sum_i \bigl(\prod_{j<i} f_j(x)\bigr) \odot J_i^\top g,\; "
    r"\partial C / \partial \theta_i = (\partial f_i / \partial \theta_i)^\top g"
)
RIGHT = (
    r"\partial C / \partial x = \textstyle\sum_i J_i^\top \bigl(g \odot \prod_{j \ne i} f_j(x)\bigr),\; "
    r"\partial C / \partial \theta_i = (\partial f_i / \partial \theta_i)^\top "
    r"\bigl(g \odot \prod_{j \ne i} f_j(x)\bigr)"
)
READ = "code"
LAYER = [1, 2, 3, 4]
NAMES = []
NET = None  # a gated block between two linear layers
BLOCKS = ["W[1]", "W[2]", "W[3]", "W[4]", "W[5]"]
SAMPLES = 6
LAM = 0.0
N, OUT = 4, 2
# a sample is a column; layers 2 and 3 are one branch of the product, 4 is the other


def start(rng):
    shapes = [(N, 3), (N, N), (N, N), (N, N), (OUT, N)]
    return [0.8 * rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal((OUT, SAMPLES))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class Layer:
    def compute(self, entry):
        self.input = entry
        return self.feed_forward(entry)


class FC(Layer):
    def __init__(self, W):
        self.W = W

    def feed_forward(self, entry):
        return self.W @ entry

    def backprop(self, gradient):
        self.W_gradient = gradient @ self.input.T
        return self.W.T @ gradient


class SiLU(Layer):
    def feed_forward(self, entry):
        return entry * sigmoid(entry)

    def backprop(self, gradient):
        return gradient * sigmoid(self.input) * (1 + self.input - self.feed_forward(self.input))


class Block(Layer):
    def __init__(self, *layers):
        self.layers = layers

    def feed_forward(self, entry):
        for layer in self.layers:
            entry = layer.compute(entry)
        return entry

    def backprop(self, gradient):
        for layer in reversed(self.layers):
            gradient = layer.backprop(gradient)
        return gradient


class Multiplier(Block):
    def feed_forward(self, entry):
        self.outputs = [layer.compute(entry) for layer in self.layers]
        return np.prod(self.outputs, axis=0)

    def backprop(self, gradient):
        new_gradient = np.zeros_like(self.input)
        for i in range(len(self.layers)):
            term = np.ones_like(self.input)
            for j in range(i):
                if i != j:
                    term = term * self.outputs[j]
            term = term * self.layers[i].backprop(gradient)
            new_gradient = new_gradient + term
        return new_gradient


class RightMultiplier(Multiplier):
    """The commit lets j run over all layers and leaves the rest, which is not enough."""

    def backprop(self, gradient):
        new_gradient = np.zeros_like(self.input)
        for i in range(len(self.layers)):
            term = gradient
            for j in range(len(self.layers)):
                if i != j:
                    term = term * self.outputs[j]
            new_gradient = new_gradient + self.layers[i].backprop(term)
        return new_gradient


def swiglu(params, kind):
    fcs = [FC(W) for W in params]
    return fcs, Block(fcs[0], kind(Block(fcs[1], SiLU(), fcs[2]), fcs[3]), fcs[4])


def cost(params, X, Y):
    prediction = swiglu(params, Multiplier)[1].compute(X)
    return np.sum(1 / 2 * (prediction - Y) ** 2)


def backward(params, X, Y, kind):
    fcs, network = swiglu(params, kind)
    network.backprop(network.compute(X) - Y)
    return [fc.W_gradient for fc in fcs]


def grad(params, X, Y):
    return backward(params, X, Y, Multiplier)


def repaired(params, X, Y):
    return backward(params, X, Y, RightMultiplier)
