"""A difference of two values hands its gradient back with the two signs exchanged."""

import numpy as np

SOURCE = "https://github.com/kfish/micrograd-cpp-2023/commit/4116330"
THREAD = "kfish/micrograd-cpp-2023 4116330"
DATE = "2023-10"
KIND = "gradient"
FORMULA = r"\bar a = -\bar c,\; \bar b = \bar c,\; c = a - b"
RIGHT = r"\bar a = \bar c,\; \bar b = -\bar c,\; c = a - b"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 5
LAM = 0.0


class Value:
    RIGHT = True

    def __init__(self, data, prev=()):
        self.data, self.grad, self.prev, self.backward_ = data, 0.0, prev, None

    def __add__(a, b):
        out = Value(a.data + b.data, (a, b))

        def backward_():
            a.grad += out.grad
            b.grad += out.grad

        out.backward_ = backward_
        return out

    def __sub__(a, b):
        out = Value(a.data - b.data, (a, b))

        def backward_():
            if Value.RIGHT:
                a.grad += out.grad
                b.grad += -out.grad
            else:
                a.grad += -out.grad
                b.grad += out.grad

        out.backward_ = backward_
        return out

    def __mul__(a, b):
        out = Value(a.data * b.data, (a, b))

        def backward_():
            a.grad += b.data * out.grad
            b.grad += a.data * out.grad

        out.backward_ = backward_
        return out

    def __pow__(a, n):
        out = Value(a.data**n, (a,))

        def backward_():
            a.grad += n * a.data ** (n - 1) * out.grad

        out.backward_ = backward_
        return out

    def tanh(a):
        out = Value(np.tanh(a.data), (a,))

        def backward_():
            a.grad += (1.0 - out.data * out.data) * out.grad

        out.backward_ = backward_
        return out


def backward(node):
    topo, visited = [], set()

    def build_topo(v):
        if v not in visited:
            visited.add(v)
            for c in v.prev:
                build_topo(c)
            topo.append(v)

    build_topo(node)
    node.grad = 1.0
    for v in reversed(topo):
        if v.backward_:
            v.backward_()


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, 1))


def cost(params, X, Y):
    a = X
    for w, b in params:
        a = np.tanh(a @ w + b)
    return np.sum((a - Y) ** 2) / len(X)


def gradients(params, X, Y, right):
    Value.RIGHT = right
    layers = [([[Value(v) for v in row] for row in w], [Value(v) for v in b]) for w, b in params]
    loss = Value(0.0)
    for x, y in zip(X, Y):
        a = [Value(v) for v in x]
        for w, b in layers:
            units = []
            for j, bias in enumerate(b):
                act = bias
                for i, v in enumerate(a):
                    act = act + w[i][j] * v
                units.append(act.tanh())
            a = units
        loss = loss + (a[0] - Value(y[0])) ** 2
    backward(loss * Value(1.0 / len(X)))
    return [(np.array([[v.grad for v in row] for row in w]), np.array([v.grad for v in b])) for w, b in layers]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
