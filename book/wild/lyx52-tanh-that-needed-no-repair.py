"""A tanh's slope of one less the square of its output was replaced as faulty, and had been right."""

import numpy as np

SOURCE = "https://github.com/Lyx52/micrograd-in-js/commit/f5a302a"
THREAD = "Lyx52/micrograd-in-js f5a302a"
DATE = "2025-11"
KIND = "right"
FORMULA = r"\tanh' z = 1 - t^2,\; t = \tanh z"
RIGHT = r"\tanh' z = 1 - \tanh^2 z"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 5
LAM = 0.0


def start(rng):
    return [[rng.uniform(-1, 1, (n, k)), rng.uniform(-1, 1, n)] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], (SAMPLES, 1))


class Value:
    def __init__(self, data, children=()):
        self.Data = data
        self.Grad = 0
        self._children = list(children)
        self._backward = lambda parent: None

    @staticmethod
    def Mse(expected, result):
        return Value(expected).sub(result).pow(2)

    def topological(self, tensors):
        if any(self is each for each in tensors):
            return tensors
        for child in self._children:
            child.topological(tensors)
        tensors.append(self)
        return tensors

    def backward(self):
        self.Grad = 1
        for node in reversed(self.topological([])):
            node._backward(node)

    def tanh(self):
        x = self.Data
        t = (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)
        result = Value(t, [self])

        def _backward(parent):
            current = parent._children[0]
            current.Grad += (1 - t**2) * parent.Grad

        result._backward = _backward
        return result

    def add(self, other):
        result = Value(self.Data + other.Data, [self, other])

        def _backward(parent):
            for child in parent._children:
                child.Grad += parent.Grad

        result._backward = _backward
        return result

    def mul(self, other):
        other = other if isinstance(other, Value) else Value(other)
        result = Value(self.Data * other.Data, [self, other])

        def _backward(parent):
            first, second = parent._children
            first.Grad += second.Data * parent.Grad
            second.Grad += first.Data * parent.Grad

        result._backward = _backward
        return result

    def pow(self, other):
        """The exponent is a number, whose own gradient is left out here."""
        result = Value(self.Data**other, [self])

        def _backward(parent):
            first = parent._children[0]
            first.Grad += other * first.Data ** (other - 1) * parent.Grad

        result._backward = _backward
        return result

    def negate(self):
        return self.mul(-1)

    def sub(self, other):
        return self.negate().add(other)


class MLP:
    def __init__(self, params):
        self.layers = [([[Value(w) for w in row] for row in W], [Value(b) for b in B]) for W, B in params]

    def execute(self, inputs):
        for weights, biases in self.layers:
            out = []
            for row, b in zip(weights, biases):
                total = b
                for w, x in zip(row, inputs):
                    total = total.add(w.mul(x))
                out.append(total.tanh())
            inputs = out
        return inputs


def forward(mlp, ys, xs):
    loss = Value(0)
    for x, y in zip(xs, ys):
        for expected, result in zip(y, mlp.execute([Value(each) for each in x])):
            loss = loss.add(Value.Mse(expected, result))
    return loss


def cost(params, X, Y):
    return forward(MLP(params), Y, X).Data / len(X)


def grad(params, X, Y):
    mlp = MLP(params)
    forward(mlp, Y, X).backward()
    return [
        [np.array([[w.Grad for w in row] for row in weights]) / len(X), np.array([b.Grad for b in biases]) / len(X)]
        for weights, biases in mlp.layers
    ]
