"""Each operation of a scalar engine sets the gradients of its operands instead of adding to them."""

import numpy as np

SOURCE = "https://github.com/Dartrisen/nanograd/commit/968e9c9"
THREAD = "Dartrisen/nanograd 968e9c9"
DATE = "2024-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w = \frac{\partial C}{\partial u_k}\, \frac{\partial u_k}{\partial w},\; "
    r"k \text{ the last use of } w"
)
RIGHT = r"\partial C / \partial w = \textstyle\sum_k \frac{\partial C}{\partial u_k}\, \frac{\partial u_k}{\partial w}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"gradient-overwritten"}]
NET = None  # a graph of scalars
BLOCKS = ["first[1]", "second[1]", "b[1]"]
SAMPLES = 5
LAM = 0.0


class Value:
    adds = True

    def __init__(self, data, children=()):
        self.data, self.grad = data, 0.0
        self._prev = children
        self._backward = lambda: None

    def receive(self, grad):
        self.grad = self.grad + grad if Value.adds else grad

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.receive(1.0 * out.grad)
            other.receive(1.0 * out.grad)

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.receive(other.data * out.grad)
            other.receive(self.data * out.grad)

        out._backward = _backward
        return out

    def tanh(self):
        t = np.tanh(self.data)
        out = Value(t, (self,))

        def _backward():
            self.receive((1.0 - t**2) * out.grad)

        out._backward = _backward
        return out

    def backward(self):
        order, visited = [], set()

        def visit(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    visit(child)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            v._backward()


def start(rng):
    return {"w1": rng.standard_normal(), "w2": rng.standard_normal(), "b": rng.standard_normal()}


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(-1, 1, (SAMPLES, 1))


def loss_of(values, X, Y):
    """The squared errors of a neuron that hears its own output of the sample before."""
    total, out = Value(0.0), Value(0.0)
    for (x1, x2), (y,) in zip(X, Y):
        n = Value(x1) * values["w1"] + Value(x2) * values["w2"] + values["b"] * out + values["b"]
        out = n.tanh()
        error = out + Value(-y)
        total = total + error * error
    return total


def cost(params, X, Y):
    return loss_of({name: Value(p) for name, p in params.items()}, X, Y).data


def backward(params, X, Y, right):
    Value.adds = right
    values = {name: Value(p) for name, p in params.items()}
    loss_of(values, X, Y).backward()
    return {name: v.grad for name, v in values.items()}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
