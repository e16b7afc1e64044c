"""Each operation assigns the gradients of its operands, so that a value used often keeps one of them."""

import numpy as np

SOURCE = "https://github.com/2BAD/micrograd/commit/2f1ff3a"
THREAD = "2BAD/micrograd 2f1ff3a"
DATE = "2025-02"
KIND = "gradient"
FORMULA = r"\bar a = b\, \bar v,\; \bar b = a\, \bar v \text{ for } v = a b"
RIGHT = r"\bar a \mathrel{+}= b\, \bar v,\; \bar b \mathrel{+}= a\, \bar v"
READ = "reconstruction"  # the values are the author's; the network about them is small, its cost one graph
GROUP = "down"
LAYER = [1, 2]
NAMES = [
    {"gradient-overwritten"},
    {"samples-overwritten"},
    {"gradient-overwritten", "samples-overwritten"},
    {"gradient-overwritten", "samples-overwritten", "fan-out-overwritten"},
]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.uniform(-1, 1, (n, m)), rng.uniform(-1, 1, n))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, SIZES[-1]))


class Value:
    def __init__(self, data, children=()):
        self.grad = 0.0
        self.computeGradient = lambda: None
        self.data = data
        self.children = children

    @classmethod
    def add(cls, a, b):
        v = cls(a.data + b.data, (a, b))

        def computeGradient():
            a.grad = 1.0 * v.grad
            b.grad = 1.0 * v.grad

        v.computeGradient = computeGradient
        return v

    @classmethod
    def multiply(cls, a, b):
        v = cls(a.data * b.data, (a, b))

        def computeGradient():
            a.grad = b.data * v.grad
            b.grad = a.data * v.grad

        v.computeGradient = computeGradient
        return v

    @classmethod
    def tanh(cls, a):
        v = cls(np.tanh(a.data), (a,))

        def computeGradient():
            a.grad = (1 - v.data**2) * v.grad

        v.computeGradient = computeGradient
        return v


class ValueLater(Value):
    @classmethod
    def add(cls, a, b):
        v = cls(a.data + b.data, (a, b))

        def computeGradient():
            a.grad += 1.0 * v.grad
            b.grad += 1.0 * v.grad

        v.computeGradient = computeGradient
        return v

    @classmethod
    def multiply(cls, a, b):
        v = cls(a.data * b.data, (a, b))

        def computeGradient():
            a.grad += b.data * v.grad
            b.grad += a.data * v.grad

        v.computeGradient = computeGradient
        return v

    @classmethod
    def tanh(cls, a):
        v = cls(np.tanh(a.data), (a,))

        def computeGradient():
            a.grad += (1 - v.data**2) * v.grad

        v.computeGradient = computeGradient
        return v


def backward(root):
    order, visited = [], set()

    def visit(v):
        if v not in visited:
            visited.add(v)
            for child in v.children:
                visit(child)
            order.append(v)

    visit(root)
    root.grad = 1.0
    for v in reversed(order):
        v.computeGradient()


def loss(params, X, Y, kind):
    leaves = [np.vectorize(kind, otypes=[object])(p) for p in params]
    total = kind(0.0)
    for x, y in zip(X, Y):
        values = [kind(v) for v in x]
        for W, b in zip(leaves[::2], leaves[1::2]):
            outputs = []
            for weights, bias in zip(W, b):
                n = bias
                for w, v in zip(weights, values):
                    n = kind.add(n, kind.multiply(w, v))
                outputs.append(kind.tanh(n))
            values = outputs
        for v, target in zip(values, y):
            difference = kind.add(v, kind(-target))
            total = kind.add(total, kind.multiply(difference, difference))
    return kind.multiply(total, kind(1 / len(X))), leaves


def cost(params, X, Y):
    return loss(params, X, Y, Value)[0].data


def gradients(params, X, Y, kind):
    value, leaves = loss(params, X, Y, kind)
    backward(value)
    return [np.array([v.grad for v in p.flat]).reshape(p.shape) for p in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, Value)


def repaired(params, X, Y):
    return gradients(params, X, Y, ValueLater)
