"""The gradient of means along one dimension is divided by the number of all entries."""

import numpy as np

SOURCE = "https://github.com/dfdx/Yota.jl/commit/2094f7557079ee4fc981a67ba880c385e907e4f3"
THREAD = "dfdx/Yota.jl 2094f75"
DATE = "2019-12"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\bar u_{ij} = \bar m_j / (n k),\; m_j = \tfrac1n \sum_{i=1}^n u_{ij},\; j = 1, \dots, k"
RIGHT = r"\bar u_{ij} = \bar m_j / n"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # hidden units whose mean over the samples is taken off
BLOCKS = ["W[1]", "b[1]", "V[2]", "c[2]"]
SAMPLES = 6
LAM = 0.0
SIZES = (2, 4, 2)


def start(rng):
    d, k, m = SIZES
    return {
        "W": rng.standard_normal((d, k)),
        "b": rng.standard_normal((1, k)),
        "V": rng.standard_normal((k, m)),
        "c": rng.standard_normal((1, m)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[2]))


def unbroadcast(u, du):
    """A gradient summed along the ways in which an argument was stretched."""
    for way in range(u.ndim):
        if u.shape[way] == 1:
            du = np.sum(du, axis=way, keepdims=True)
    return du


def mean_grad(u, dy, dims):
    dx = np.empty_like(u)
    dx[...] = dy / u.size
    return dx


def mean_grad_repaired(u, dy, dims):
    dx = np.empty_like(u)
    dx[...] = dy / np.prod([u.shape[d] for d in dims])
    return dx


class Tape:
    """Each operation writes down its value, its arguments and its rules."""

    def __init__(self, mean_rule):
        self.values, self.ops, self.mean_rule = [], [], mean_rule

    def record(self, value, arguments=(), rules=()):
        self.values.append(value)
        self.ops.append((arguments, rules))
        return len(self.values) - 1

    def add(self, i, j, sign=1):
        u, v = self.values[i], self.values[j]
        rules = lambda dy: unbroadcast(u, dy), lambda dy: unbroadcast(v, sign * dy)
        return self.record(u + sign * v, (i, j), rules)

    def mul(self, i, j):
        u, v = self.values[i], self.values[j]
        return self.record(u @ v, (i, j), (lambda dy: dy @ v.T, lambda dy: u.T @ dy))

    def tanh(self, i):
        t = np.tanh(self.values[i])
        return self.record(t, (i,), (lambda dy: dy * (1 - t**2),))

    def abs2(self, i):
        u = self.values[i]
        return self.record(u**2, (i,), (lambda dy: 2 * u * dy,))

    def mean(self, i, dims=(0, 1)):
        u = self.values[i]
        m = np.mean(u, axis=tuple(dims), keepdims=True)
        return self.record(m, (i,), (lambda dy: self.mean_rule(u, dy, dims),))

    def back(self, last):
        grads = {last: np.ones_like(self.values[last])}
        for i in reversed(range(last + 1)):
            arguments, rules = self.ops[i]
            for j, rule in zip(arguments, rules):
                grads[j] = grads.get(j, 0) + rule(grads[i])
        return grads


def loss(tape, params, X, Y):
    names = {name: tape.record(value) for name, value in params.items()}
    x, y = tape.record(X), tape.record(Y)
    h = tape.tanh(tape.add(tape.mul(x, names["W"]), names["b"]))
    h = tape.add(h, tape.mean(h, dims=(0,)), -1)
    out = tape.add(tape.mul(h, names["V"]), names["c"])
    return names, tape.mean(tape.abs2(tape.add(out, y, -1)))


def cost(params, X, Y):
    tape = Tape(mean_grad)
    return tape.values[loss(tape, params, X, Y)[1]].item()


def gradient(params, X, Y, rule):
    tape = Tape(rule)
    names, last = loss(tape, params, X, Y)
    grads = tape.back(last)
    return {name: grads[i] for name, i in names.items()}


def grad(params, X, Y):
    return gradient(params, X, Y, mean_grad)


def repaired(params, X, Y):
    return gradient(params, X, Y, mean_grad_repaired)
