"""A value that is used twice sends down all that it has gathered at each visit, the first share twice."""

import numpy as np

SOURCE = "https://github.com/sebgao/cTensor/issues/5"
THREAD = "sebgao/cTensor #5"
DATE = "2021-08"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = (2 g_1 + g_2) \odot (1 - a^1 \odot a^1),\; g_s = V_s^\top \partial C / \partial u_s,\; u_s = V_s a^1"
)
RIGHT = r"\delta^1 = (g_1 + g_2) \odot (1 - a^1 \odot a^1),\; g_s = V_s^\top \partial C / \partial u_s,\; u_s = V_s a^1"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
INPUTS, UNITS = 3, 4
NET = None  # a product of two outputs
BLOCKS = ["W[1]", "V1[2]", "V2[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "W": rng.standard_normal((INPUTS, UNITS)),
        "V1": rng.standard_normal((UNITS, 2)),
        "V2": rng.standard_normal((UNITS, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal((SAMPLES, 2))


class Tensor:
    def __init__(self, value, parents=()):
        self.value, self.parents = value, parents
        self.grad = np.zeros_like(value)

    def backward(self, grad):
        self.grad = self.grad + grad
        for parent, function in self.parents:
            parent.backward(function(self.grad))


class RepairedTensor(Tensor):
    def backward(self, grad):
        self.grad = self.grad + grad
        for parent, function in self.parents:
            parent.backward(function(grad))


def matmul(kind, x, w):
    sent = [(x, lambda g: g @ w.value.T), (w, lambda g: x.value.T @ g)]
    return kind(x.value @ w.value, sent)


def tanh(kind, z):
    a = np.tanh(z.value)
    return kind(a, [(z, lambda g: g * (1 - a**2))])


def mul(kind, u, v):
    return kind(u.value * v.value, [(u, lambda g: g * v.value), (v, lambda g: g * u.value)])


def forward(kind, params, X):
    leaves = {name: kind(values) for name, values in params.items()}
    a = tanh(kind, matmul(kind, kind(X), leaves["W"]))
    return leaves, mul(kind, matmul(kind, a, leaves["V1"]), matmul(kind, a, leaves["V2"]))


def cost(params, X, Y):
    return 0.5 * np.sum((forward(Tensor, params, X)[1].value - Y) ** 2) / len(X)


def grad(params, X, Y):
    leaves, out = forward(Tensor, params, X)
    out.backward((out.value - Y) / len(X))
    return {name: leaf.grad for name, leaf in leaves.items()}


def repaired(params, X, Y):
    leaves, out = forward(RepairedTensor, params, X)
    out.backward((out.value - Y) / len(X))
    return {name: leaf.grad for name, leaf in leaves.items()}
