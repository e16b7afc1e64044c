"""The rule of an exponential is stored under a name that the backward pass does not ask for."""

import numpy as np

SOURCE = "https://github.com/evintunador/autograd_engine_tutorial/commit/a76907e"
THREAD = "evintunador/autograd_engine_tutorial a76907e"
DATE = "2024-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial \eta = -\tfrac1m y,\; C = \tfrac1m \textstyle\sum (e^\eta - y\, \eta)"
RIGHT = r"\partial C / \partial \eta = \tfrac1m (e^\eta - y)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
INPUTS = 3
NET = None  # a Poisson regression
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


class Tensor:
    name_of_exp = "_backward"

    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = np.zeros_like(data)
        self._backward = lambda: None
        self._prev = _prev

    def __add__(self, other):
        out = Tensor(self.data + other.data, (self, other))

        def _backward():
            for term in (self, other):
                grad = out.grad
                if term.data.shape != grad.shape:
                    grad = grad.sum(axis=0, keepdims=True)
                term.grad = term.grad + grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Tensor(self.data * other.data, (self, other))

        def _backward():
            self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + self.data * out.grad

        out._backward = _backward
        return out

    def __matmul__(self, other):
        out = Tensor(self.data @ other.data, (self, other))

        def _backward():
            self.grad = self.grad + out.grad @ other.data.T
            other.grad = other.grad + self.data.T @ out.grad

        out._backward = _backward
        return out

    def exp(self):
        out = Tensor(np.exp(self.data), (self,))

        def _backward():
            self.grad = self.grad + out.data * out.grad

        setattr(out, Tensor.name_of_exp, _backward)
        return out

    def mean(self):
        out = Tensor(np.mean(self.data), (self,))

        def _backward():
            self.grad = self.grad + out.grad * np.ones_like(self.data) / self.data.size

        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()

        def build(node):
            if node not in visited:
                visited.add(node)
                for child in node._prev:
                    build(child)
                topo.append(node)

        build(self)
        self.grad = np.ones_like(self.data)
        for node in reversed(topo):
            node._backward()


def start(rng):
    return [rng.standard_normal((INPUTS, 1)) / 2, rng.standard_normal((1, 1))]


def data(rng):
    """What is counted depends on the inputs."""
    X = rng.standard_normal((SAMPLES, INPUTS))
    return X, rng.poisson(np.exp(X @ np.array([[0.5], [-0.3], [0.8]]) + 0.2)).astype(float)


def loss(tensors, X, Y):
    w, b = tensors
    eta = Tensor(X) @ w + b
    return (eta.exp() + Tensor(-Y) * eta).mean()


def cost(params, X, Y):
    return loss([Tensor(p) for p in params], X, Y).data


def run(params, X, Y, name):
    Tensor.name_of_exp = name
    tensors = [Tensor(p) for p in params]
    loss(tensors, X, Y).backward()
    return [t.grad for t in tensors]


def grad(params, X, Y):
    return run(params, X, Y, "backward")


def repaired(params, X, Y):
    return run(params, X, Y, "_backward")
