"""On the way back a difference sends the minus to its first operand, and none to its second."""

import numpy as np

SOURCE = "https://github.com/tekknolagi/micrograd/commit/c742eb8"
THREAD = "tekknolagi/micrograd c742eb8"
DATE = "2023-09"
KIND = "gradient"
FORMULA = r"\partial (a - b) / \partial a = -1,\; \partial (a - b) / \partial b = 1"
RIGHT = r"\partial (a - b) / \partial a = 1,\; \partial (a - b) / \partial b = -1"
READ = "reconstruction"  # the loss is made of the library's operations: the author's softmax raises at that commit
GROUP = "factor"
LAYER = [2]
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


class Tensor:
    right = False

    def __init__(self, data, children=(), op=""):
        self.data = data
        self.grad = np.zeros_like(data)
        self._prev = children
        self._op = op
        self._backward = lambda: None

    def __matmul__(self, other):
        out = Tensor(self.data @ other.data, (self, other), "@")

        def _backward():
            self.grad += out.grad @ other.data.T
            other.grad += self.data.T @ out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Tensor(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __add__(self, other):
        out = Tensor(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __sub__(self, other):
        out = Tensor(self.data - other.data, (self, other), "-")

        def _backward():
            if Tensor.right:
                self.grad += out.grad
                other.grad += -out.grad
            else:
                self.grad += -out.grad
                other.grad += out.grad

        out._backward = _backward
        return out

    def sum(self):
        out = Tensor(np.sum(self.data), (self,), "sum")

        def _backward():
            self.grad += out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = Tensor(self.data * (self.data.real > 0), (self,), "ReLU")

        def _backward():
            self.grad += out.grad * (self.data > 0)

        out._backward = _backward
        return out

    def backward(self):
        topo = []
        visited = set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)
        self.grad = np.ones_like(self.data)
        for v in reversed(topo):
            v._backward()


class Layer:
    def __init__(self, W, b, nonlin):
        self.W, self.b, self.nonlin = Tensor(W, (), "W"), Tensor(b, (), "b"), nonlin

    def __call__(self, x):
        act = (x @ self.W) + self.b
        return act.relu() if self.nonlin else act


def start(rng):
    return [
        *(rng.standard_normal((3, 4)), rng.standard_normal((1, 4))),
        *(rng.standard_normal((4, 2)), rng.standard_normal((1, 2))),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def sample_loss(layers, x, y):
    t = Tensor(x[None], (), "input")
    for layer in layers:
        t = layer(t)
    diff = t - Tensor(y[None], (), "input")
    return (diff * diff).sum()


def MLP(params):
    return [Layer(*params[:2], True), Layer(*params[2:], False)]


def cost(params, X, Y):
    return sum(sample_loss(MLP(params), x, y).data for x, y in zip(X, Y)) / len(X)


def backward(params, X, Y, right):
    layers, Tensor.right = MLP(params), right
    for x, y in zip(X, Y):
        sample_loss(layers, x, y).backward()
    return [p.grad / len(X) for layer in layers for p in (layer.W, layer.b)]


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
