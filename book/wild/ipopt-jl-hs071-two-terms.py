"""A pull request takes an example's gradient for one that lacks a two, and it was right."""

import numpy as np

SOURCE = "https://github.com/jump-dev/Ipopt.jl/pull/228"
THREAD = "jump-dev/Ipopt.jl PR #228"
DATE = "2020-11"
KIND = "right"
FORMULA = r"\partial f / \partial x_1 = x_1 x_4 + x_4 (x_1 + x_2 + x_3),\; f = x_1 x_4 (x_1 + x_2 + x_3) + x_3"
RIGHT = r"\partial f / \partial x_1 = 2 x_1 x_4 + x_4 (x_2 + x_3)"
READ = "code"
LAYER = []
NAMES = []
NET = None  # problem 71 of Hock and Schittkowski
BLOCKS = ["x[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    """Near the point at which the example starts."""
    return np.array([1.0, 5.0, 5.0, 1.0]) + rng.uniform(0.1, 0.9, 4)


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


class Problem:
    """Objective and gradient of the example, with a count from one as there."""

    n = 4

    def one_based(self, x):
        return {i + 1: x[i] for i in range(self.n)}

    def eval_f(self, x):
        x = self.one_based(x)
        return x[1] * x[4] * (x[1] + x[2] + x[3]) + x[3]

    def eval_grad_f(self, x, grad_f):
        x = self.one_based(x)
        g = {}
        g[1] = x[1] * x[4] + x[4] * (x[1] + x[2] + x[3])
        g[2] = x[1] * x[4]
        g[3] = x[1] * x[4] + 1
        g[4] = x[1] * (x[1] + x[2] + x[3])
        for i in range(self.n):
            grad_f[i] = g[i + 1]


def cost(x, X, Y):
    return Problem().eval_f(x)


def grad(x, X, Y):
    grad_f = np.zeros(Problem.n)
    Problem().eval_grad_f(x, grad_f)
    return grad_f


def repaired(x, X, Y):
    return grad(x, X, Y)
