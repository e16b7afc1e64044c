"""The Jacobian of the identity is a row of ones, which adds the errors of all units up for each of them."""

import numpy as np

SOURCE = "https://github.com/alfux/multilayer-perceptron/commit/865357e"
THREAD = "alfux/multilayer-perceptron 865357e"
DATE = "2026-03"
KIND = "gradient"
FORMULA = r"\delta_k = \textstyle\sum_j \frac{\partial C}{\partial a_j}\ \text{for all}\ k"
RIGHT = r"\delta_k = \frac{\partial C}{\partial a_k}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 2), output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """One matrix; its first column belongs to a one that is put before each sample."""
    return [rng.standard_normal((2, 4))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class Neuron:
    def identity(x):
        return x

    def row_of_ones(x):
        return np.ones(x.shape)

    def unit_matrix(x):
        return np.eye(x.shape[-1])


class Layer:
    def __init__(self, matrix, diff):
        self.W, self.diff = matrix, diff

    def eval(self, x):
        return Neuron.identity((self.W @ x.T).T)

    def wdiff(self, x):
        """The derivative of the neurons at W x, for one sample, which is a row."""
        return self.diff((self.W @ x.T).T)


def with_one(x):
    return np.hstack([np.ones((len(x), 1)), x])


def cost(params, X, Y):
    return np.mean((Layer(params[0], None).eval(with_one(X)) - Y) ** 2)


def update(params, X, Y, diff):
    layer, total = Layer(params[0], diff), 0
    for x, y in zip(with_one(X)[:, None], Y[:, None]):
        cost_diff = -2 * (y - layer.eval(x)) / Y.size
        dk = layer.wdiff(x) @ cost_diff.T
        total = total + np.outer(dk, x) * np.ones_like(params[0])  # a single row moves all rows
    return [total]


def grad(params, X, Y):
    return update(params, X, Y, Neuron.row_of_ones)


def repaired(params, X, Y):
    return update(params, X, Y, Neuron.unit_matrix)
