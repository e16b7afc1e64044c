"""The nodes are gone through from the end of a list that begins with the root, which comes last."""

import numpy as np

SOURCE = "https://github.com/Marcus441/simple-backpropagation-cpp/commit/ea4292b"
THREAD = "Marcus441/simple-backpropagation-cpp ea4292b"
DATE = "2026-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta = 0"
RIGHT = r"\bar a = \textstyle\sum_k \bar o_k \, \partial o_k / \partial a, \text{ from the root down}"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"no-gradient"}, {"layer-forgotten"}]
SIZES = (3, 2, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


class Value:
    def __init__(self, data, prev=()):
        self.data = data
        self.grad = 0.0
        self.prev = prev
        self.backward = lambda out_grad: None

    def __add__(self, rhs):
        out = Value(self.data + rhs.data, (self, rhs))

        def backward(out_grad):
            self.grad += 1.0 * out_grad
            rhs.grad += 1.0 * out_grad

        out.backward = backward
        return out

    def __sub__(self, rhs):
        out = Value(self.data - rhs.data, (self, rhs))

        def backward(out_grad):
            self.grad += 1.0 * out_grad
            rhs.grad += -1.0 * out_grad

        out.backward = backward
        return out

    def __mul__(self, rhs):
        out = Value(self.data * rhs.data, (self, rhs))

        def backward(out_grad):
            self.grad += rhs.data * out_grad
            rhs.grad += self.data * out_grad

        out.backward = backward
        return out

    def Tanh(self):
        tanh_x = np.tanh(self.data)
        out = Value(tanh_x, (self,))

        def backward(out_grad):
            self.grad += (1.0 - tanh_x**2) * out_grad

        out.backward = backward
        return out

    def Pow(self, other):
        out = Value(self.data**other, (self,))

        def backward(out_grad):
            self.grad += (other * self.data ** (other - 1)) * out_grad

        out.backward = backward
        return out

    def Backward(self):
        topo = []
        visited = set()
        stack = [self]
        while stack:
            v = stack.pop()
            if id(v) not in visited:
                visited.add(id(v))
                topo.append(v)
                for child in v.prev:
                    stack.append(child)
        self.run(topo)

    def RepairedBackward(self):
        topo = []
        visited = set()

        def build_topo(v):
            if id(v) not in visited:
                visited.add(id(v))
                for child in v.prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)
        self.run(topo)

    def run(self, topo):
        self.grad = 1.0
        for it in reversed(topo):
            it.backward(it.grad)


def start(rng):
    return [[rng.uniform(-1, 1, (n, k)), rng.uniform(-1, 1, n)] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-0.9, 0.9, (SAMPLES, SIZES[-1]))


def loss_of(params, X, Y):
    """The loss as a Value, and the Values of the parameters."""
    leaves = [[[[Value(w) for w in row] for row in W], [Value(c) for c in b]] for W, b in params]
    loss = Value(0.0)
    for x, y in zip(X, Y):
        h = [Value(e) for e in x]
        for W, b in leaves:
            out = []
            for row, c in zip(W, b):
                act = c
                for w, e in zip(row, h):
                    act = act + w * e
                out.append(act.Tanh())
            h = out
        for o, t in zip(h, y):
            loss = loss + (o - Value(t)).Pow(2)
    return loss * Value(1.0 / len(X)), leaves


def cost(params, X, Y):
    return loss_of(params, X, Y)[0].data


def gradients(params, X, Y, name):
    loss, leaves = loss_of(params, X, Y)
    getattr(loss, name)()
    return [[np.array([[w.grad for w in row] for row in W]), np.array([c.grad for c in b])] for W, b in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, "Backward")


def repaired(params, X, Y):
    return gradients(params, X, Y, "RepairedBackward")
