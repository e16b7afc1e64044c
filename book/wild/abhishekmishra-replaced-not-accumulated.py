"""A Value that is used more than once keeps the gradient of the use that is visited last."""

import numpy as np

SOURCE = "https://github.com/abhishekmishra/nanograd-lua/commit/9446623"
THREAD = "abhishekmishra/nanograd-lua 9446623"
DATE = "2024-02"
KIND = "gradient"
FORMULA = r"\bar a = \bar o_n \, \partial o_n / \partial a, \text{ with } o_n \text{ the use that is visited last}"
RIGHT = r"\bar a = \textstyle\sum_k \bar o_k \, \partial o_k / \partial a"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"gradient-overwritten"}, {"fan-out-overwritten"}]
SIZES = (2, 3, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


class Value:
    def __init__(self, data, prev=()):
        self.data = data
        self.grad = 0
        self.prev = prev
        self._backward = lambda right: None

    def give(self, grad, right):
        if right:
            self.grad = self.grad + grad
        else:
            self.grad = grad

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def _backward(right):
            self.give(1 * out.grad, right)
            other.give(1 * out.grad, right)

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward(right):
            self.give(other.data * out.grad, right)
            other.give(self.data * out.grad, right)

        out._backward = _backward
        return out

    def tanh(self):
        x = self.data
        t = (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)
        out = Value(t, (self,))

        def _backward(right):
            self.give((1 - t * t) * out.grad, right)

        out._backward = _backward
        return out

    def backward(self, right):
        topo = []
        visited = set()

        def build_topo(v):
            if id(v) not in visited:
                visited.add(id(v))
                for child in v.prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)
        self.grad = 1
        for v in reversed(topo):
            v._backward(right)


def start(rng):
    return [[rng.uniform(-1, 1, (n, k)), rng.uniform(-1, 1, n)] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-0.9, 0.9, (SAMPLES, SIZES[-1]))


def loss_of(params, x, y):
    """The loss of one sample as a Value, and the Values of the parameters."""
    leaves = [[[[Value(w) for w in row] for row in W], [Value(c) for c in b]] for W, b in params]
    h = [Value(e) for e in x]
    for W, b in leaves:
        out = []
        for row, c in zip(W, b):
            act = c
            for w, e in zip(row, h):
                act = act + w * e
            out.append(act.tanh())
        h = out
    loss = None
    for o, t in zip(h, y):
        d, again = o + Value(-t), o + Value(-t)  # two Values, as d * d would be one that is used twice
        loss = d * again if loss is None else loss + d * again
    return loss, leaves


def cost(params, X, Y):
    return sum(loss_of(params, x, y)[0].data for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    grads = [[np.zeros_like(W), np.zeros_like(b)] for W, b in params]
    for x, y in zip(X, Y):
        loss, leaves = loss_of(params, x, y)
        loss.backward(right)
        for (dW, db), (W, b) in zip(grads, leaves):
            dW += np.array([[w.grad for w in row] for row in W]) / len(X)
            db += np.array([c.grad for c in b]) / len(X)
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
