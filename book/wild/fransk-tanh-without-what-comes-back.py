"""A node's tanh passes down its slope, and not what comes back to it times its slope."""

import numpy as np

SOURCE = "https://github.com/FransK/micrograd-cpp/commit/496fa2a"
THREAD = "FransK/micrograd-cpp 496fa2a"
DATE = "2024-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial z^1_k = 1 - \tanh^2 z^1_k"
RIGHT = r"\partial C / \partial z^1_k = (1 - \tanh^2 z^1_k)\, \partial C / \partial a^1_k"
READ = "reconstruction"  # the nodes are the author's; the network about them is small and plain
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.uniform(-1, 1, (n, m)), rng.uniform(-1, 1, n))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self.prev = list(dict.fromkeys(children))
        self.backward = lambda: None

    def __add__(lhs, rhs):
        rhs = rhs if isinstance(rhs, Value) else type(lhs)(rhs)
        out = type(lhs)(lhs.data + rhs.data, (lhs, rhs))

        def backward():
            lhs.grad += 1.0 * out.grad
            rhs.grad += 1.0 * out.grad

        out.backward = backward
        return out

    def __mul__(lhs, rhs):
        rhs = rhs if isinstance(rhs, Value) else type(lhs)(rhs)
        out = type(lhs)(lhs.data * rhs.data, (lhs, rhs))

        def backward():
            lhs.grad += rhs.data * out.grad
            rhs.grad += lhs.data * out.grad

        out.backward = backward
        return out

    def tanh(self):
        t = np.tanh(self.data)
        out = type(self)(t, (self,))

        def backward():
            self.grad += 1 - t**2

        out.backward = backward
        return out

    def buildGrads(self):
        topo, visited = [], set()

        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v.prev:
                    build(child)
                topo.append(v)

        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            v.backward()


class ValueLater(Value):
    def tanh(self):
        t = np.tanh(self.data)
        out = type(self)(t, (self,))

        def backward():
            self.grad += (1 - t**2) * out.grad

        out.backward = backward
        return out


def loss(params, X, Y, kind):
    leaves = [np.vectorize(kind, otypes=[object])(p) for p in params]
    W1, b1, W2, b2 = leaves
    total = kind(0.0)
    for x, y in zip(X, Y):
        a = [sum((w * v for w, v in zip(row, x)), b).tanh() for row, b in zip(W1, b1)]
        out = [sum((w * v for w, v in zip(row, a)), b) for row, b in zip(W2, b2)]
        for v, target in zip(out, y):
            difference = v + -target
            total = total + difference * difference
    return total * (1 / len(X)), leaves


def cost(params, X, Y):
    return loss(params, X, Y, Value)[0].data


def gradients(params, X, Y, kind):
    value, leaves = loss(params, X, Y, kind)
    value.buildGrads()
    return [np.array([v.grad for v in p.flat]).reshape(p.shape) for p in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, Value)


def repaired(params, X, Y):
    return gradients(params, X, Y, ValueLater)
