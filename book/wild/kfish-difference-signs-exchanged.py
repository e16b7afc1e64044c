"""A difference's backward step gives the minus to the first operand, and the parameters are then moved uphill."""

import numpy as np

SOURCE = "https://github.com/kfish/micrograd-cpp-2023/commit/4116330"
THREAD = "kfish/micrograd-cpp-2023 4116330"
DATE = "2023-10"
KIND = "gradient"
FORMULA = r"\partial (a - b) / \partial a = -1,\; \partial (a - b) / \partial b = 1"
RIGHT = r"\partial (a - b) / \partial a = 1,\; \partial (a - b) / \partial b = -1"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 1), hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


class Value:
    right = False

    def __init__(self, data, prev=(), op=""):
        self.data, self.grad, self.prev, self.op = data, 0.0, prev, op
        self.backward_ = None

    def __add__(self, b):
        a = self
        out = Value(a.data + b.data, (a, b), "+")

        def back():
            a.grad += out.grad
            b.grad += out.grad

        out.backward_ = back
        return out

    def __sub__(self, b):
        a = self
        out = Value(a.data - b.data, (a, b), "-")

        def back():
            if Value.right:
                a.grad += out.grad
                b.grad += -out.grad
            else:
                a.grad += -out.grad
                b.grad += out.grad

        out.backward_ = back
        return out

    def __mul__(self, b):
        a = self
        out = Value(a.data * b.data, (a, b), "*")

        def back():
            a.grad += b.data * out.grad
            b.grad += a.data * out.grad

        out.backward_ = back
        return out

    def __truediv__(self, b):
        """By a constant alone."""
        a = self
        out = Value(a.data / b.data, (a, b), "/")

        def back():
            a.grad += (1.0 / b.data) * out.grad

        out.backward_ = back
        return out

    def pow(self, b):
        a = self
        out = Value(a.data**b.data, (a, b), "pow")

        def back():
            a.grad += (b.data * a.data ** (b.data - 1)) * out.grad

        out.backward_ = back
        return out

    def tanh(self):
        a = self
        e2x = np.exp(2.0 * a.data)
        out = Value((e2x - 1) / (e2x + 1), (a,), "tanh")

        def back():
            t = out.data
            a.grad += (1.0 - t * t) * out.grad

        out.backward_ = back
        return out


def backward(node):
    topo, visited = [], set()

    def build_topo(v):
        if v not in visited:
            visited.add(v)
            for child in v.prev:
                build_topo(child)
            topo.append(v)

    build_topo(node)
    node.grad = 1.0
    for v in reversed(topo):
        if v.backward_:
            v.backward_()


class Neuron:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def __call__(self, x):
        y = Value(0.0)
        for w, xi in zip(self.weights, x):
            y = y + w * xi
        return (y + self.bias).tanh()


class MLP:
    def __init__(self, params):
        self.leaves = [np.vectorize(Value, otypes=[object])(p) for p in params]
        pairs = zip(self.leaves[::2], self.leaves[1::2])
        self.layers = [[Neuron(w, b) for w, b in zip(W, bs)] for W, bs in pairs]

    def __call__(self, x):
        for layer in self.layers:
            x = [neuron(x) for neuron in layer]
        return x[0]


def mse_loss(predictions, ground_truth):
    sum_squared_error = Value(0.0)
    for pred, truth in zip(predictions, ground_truth):
        sum_squared_error = sum_squared_error + (pred - Value(truth)).pow(Value(2))
    return sum_squared_error / Value(len(predictions))


def start(rng):
    return [
        *(rng.standard_normal((4, 3)), rng.standard_normal(4)),
        *(rng.standard_normal((1, 4)), rng.standard_normal(1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], SAMPLES)


def loss(mlp, X, Y):
    return mse_loss([mlp([Value(v) for v in x]) for x in X], Y)


def cost(params, X, Y):
    return loss(MLP(params), X, Y).data


def gradients(params, X, Y, right):
    """The gradient as it is kept; the author's step adds it instead of subtracting, until the same commit."""
    Value.right = right
    mlp = MLP(params)
    backward(loss(mlp, X, Y))
    return [np.vectorize(lambda v: v.grad, otypes=[float])(leaf) for leaf in mlp.leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
