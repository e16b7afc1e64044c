"""A difference sends the same gradient to both of its terms, and the prediction is the one taken off."""

import numpy as np

SOURCE = "https://github.com/AayushSameerShah/Neural-Net-Zero-to-Hero-with-Andrej/issues/1"
THREAD = "AayushSameerShah/Neural-Net-Zero-to-Hero-with-Andrej #1"
DATE = "2024-03"
KIND = "gradient"
FORMULA = r"\partial (y - a) / \partial a = 1"
RIGHT = r"\partial (y - a) / \partial a = -1"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (2, 3, 1)
NET = None  # a squared error of tanh, without a mean
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(n)) for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], SAMPLES)


class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._prev = _children
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad

        out._backward = _backward
        return out

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, other):
        out = Value(self.data**other, (self,))

        def _backward():
            self.grad += other * self.data ** (other - 1) * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        t = np.tanh(self.data)
        out = Value(t, (self,))

        def _backward():
            self.grad += (1 - t**2) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)
        self.grad = 1.0
        for node in reversed(topo):
            node._backward()


class RepairedValue(Value):
    def __sub__(self, other):
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += -1.0 * out.grad

        out._backward = _backward
        return out


def predictions(params, X):
    leaves = [([[Value(w) for w in row] for row in W], [Value(v) for v in b]) for W, b in params]
    preds = []
    for x in X:
        values = [Value(v) for v in x]
        for W, b in leaves:
            values = [sum((w * v for w, v in zip(row, values)), bias).tanh() for row, bias in zip(W, b)]
        preds.append(values[0])
    return leaves, preds


def loss_of(params, X, Y, kind):
    leaves, preds = predictions(params, X)
    return leaves, sum((kind(ytrue) - ypred) ** 2 for ytrue, ypred in zip(Y, preds))


def cost(params, X, Y):
    return loss_of(params, X, Y, Value)[1].data


def backward(params, X, Y, kind):
    leaves, loss = loss_of(params, X, Y, kind)
    loss.backward()
    return [(np.array([[w.grad for w in row] for row in W]), np.array([v.grad for v in b])) for W, b in leaves]


def grad(params, X, Y):
    return backward(params, X, Y, Value)


def repaired(params, X, Y):
    return backward(params, X, Y, RepairedValue)
