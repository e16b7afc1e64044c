"""The walk back goes down every path by itself, and sends on all that a node has gathered each time it comes there."""

import numpy as np

SOURCE = "https://github.com/adzhondzhorov/neural-nets/commit/e6f00ff"
THREAD = "adzhondzhorov/neural-nets e6f00ff"
DATE = "2025-02"
KIND = "gradient"
FORMULA = (
    r"\bar u = \textstyle\sum_{p} \bar v_p\, \partial v / \partial u,\; "
    r"\bar v_p = \bar v \text{ when path } p \text{ comes to } v"
)
RIGHT = r"\bar u = \textstyle\sum_{v} \bar v\, \partial v / \partial u"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (2, 3, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 5
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((SIZES[0], SIZES[1])),
        rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[1], SIZES[2])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Value:
    """A node; its children are a set with the author, in whatever order, and here a list."""

    def __init__(self, data, children=(), derivatives=()):
        self.data, self.grad = data, 0
        self.children, self.derivatives = list(children), derivatives

    def __add__(self, other):
        return Value(self.data + other.data, [self, other], [1, 1])

    def __mul__(self, other):
        return Value(self.data * other.data, [self, other], [other.data, self.data])

    def __neg__(self):
        return Value(-self.data, [self], [-1])

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, power):
        return Value(self.data**power, [self], [power * self.data ** (power - 1)])

    def exp(self):
        return Value(np.exp(self.data), [self], [np.exp(self.data)])

    def _backward(self):
        for child, derivative in zip(self.children, self.derivatives):
            child.grad += self.grad * derivative

    def backward(self):
        self._backward()
        for child in self.children:
            child.backward()

    def in_order(self, found):
        """This node and all below it, each behind what it is made of."""
        for child in self.children:
            if not any(child is node for node in found):
                child.in_order(found)
        found.append(self)
        return found

    def backward_in_order(self):
        for node in reversed(self.in_order([])):
            node._backward()


def linear(values, weights, biases):
    outputs = []
    for k in range(len(biases)):
        total = biases[k]
        for value, row in zip(values, weights):
            total = value * row[k] + total
        outputs.append(total)
    return outputs


def sigmoid(value):
    return Value(1.0) * (Value(1.0) + (-value).exp()) ** -1


def loss_of(values, x, y):
    W1, b1, W2, b2 = values
    hidden = [sigmoid(z) for z in linear([Value(number) for number in x], W1, b1)]
    loss = Value(0.0)
    for out, target in zip(linear(hidden, W2, b2), y):
        loss = loss + (out - Value(target)) ** 2
    return loss * Value(1 / len(y))


def values_of(params):
    return [np.vectorize(Value, otypes=[object])(block) for block in params]


def cost(params, X, Y):
    values = values_of(params)
    return sum(loss_of(values, x, y).data for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    values = values_of(params)
    for x, y in zip(X, Y):
        loss = loss_of(values, x, y)
        loss.grad = 1 / len(X)
        if right:
            loss.backward_in_order()
        else:
            loss.backward()
    return [np.vectorize(lambda value: value.grad, otypes=[float])(block) for block in values]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
