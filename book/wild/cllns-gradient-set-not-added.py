"""A node that is used twice keeps only the last of the gradients that come back to it."""

import numpy as np

SOURCE = "https://github.com/cllns/micrograd-rb/commit/0fbdf11"
THREAD = "cllns/micrograd-rb 0fbdf11"
DATE = "2025-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial v = \partial C / \partial u_{\text{last}} \cdot \partial u_{\text{last}} / \partial v"
RIGHT = r"\partial C / \partial v = \textstyle\sum_u \partial C / \partial u \cdot \partial u / \partial v"
READ = "reconstruction"  # the nodes are the author's; the network about them is small and plain
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"gradient-overwritten"}, {"gradient-overwritten", "fan-out-overwritten"}, {"fan-out-overwritten", "factor"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.uniform(-1, 1, (n, m)), rng.uniform(-1, 1, n))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, SIZES[-1]))


class Value:
    def __init__(self, data, previous=()):
        self.data = data
        self.grad = None
        self._backward = lambda: None
        self.previous = list(dict.fromkeys(previous))

    def __add__(self, other):
        value = type(self)(self.data + other.data, [self, other])

        def _backward():
            self.with_grad(value.grad)
            other.with_grad(value.grad)

        value._backward = _backward
        return value

    def __mul__(self, other):
        value = type(self)(self.data * other.data, [self, other])

        def _backward():
            self.with_grad(other.data * value.grad)
            other.with_grad(self.data * value.grad)

        value._backward = _backward
        return value

    def tanh(self):
        t = (np.exp(2 * self.data) - 1) / (np.exp(2 * self.data) + 1)
        value = type(self)(t, [self])

        def _backward():
            self.with_grad(value.grad * (1 - t**2))

        value._backward = _backward
        return value

    def with_grad(self, grad):
        self.grad = grad
        return self

    def backward(self):
        self.grad = 1
        for value in reversed(topo_sort(self, [], set())):
            value._backward()


class ValueLater(Value):
    def with_grad(self, grad):
        if self.grad is None:
            self.grad = 0
        self.grad += grad
        return self


def topo_sort(value, result, visited):
    if value not in visited:
        visited.add(value)
        for child in value.previous:
            topo_sort(child, result, visited)
        result.append(value)
    return result


def loss(leaves, x, y, kind):
    values = [kind(v) for v in x]
    for W, b in zip(leaves[::2], leaves[1::2]):
        outputs = []
        for weights, bias in zip(W, b):
            n = bias
            for w, v in zip(weights, values):
                n = w * v + n
            outputs.append(n.tanh())
        values = outputs
    total = kind(0.0)
    for v, target in zip(values, y):
        difference = v + kind(-target)
        total = total + difference * difference
    return total


def leaves_of(params, kind):
    return [[[kind(w) for w in row] for row in p] if p.ndim == 2 else [kind(w) for w in p] for p in params]


def cost(params, X, Y):
    return sum(loss(leaves_of(params, Value), x, y, Value).data for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, kind):
    """A sample at a time, each with fresh nodes."""
    total = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        leaves = leaves_of(params, kind)
        loss(leaves, x, y, kind).backward()
        for g, p in zip(total, leaves):
            g += np.array([[w.grad for w in row] for row in p] if g.ndim == 2 else [w.grad for w in p]) / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, Value)


def repaired(params, X, Y):
    return gradients(params, X, Y, ValueLater)
