"""The backward of a value times a plain number is that of a sum: neither factor multiplies the gradient."""

import numpy as np

SOURCE = "https://github.com/puravparab/micrograd-cpp/commit/ad24a7f"
THREAD = "puravparab/micrograd-cpp ad24a7f"
DATE = "2024-07"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial w = \partial C / \partial z,\; z = w \cdot x \text{ with a number } x"
RIGHT = r"\partial C / \partial w = x\, \partial C / \partial z,\; z = w \cdot x"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the squares are summed over the samples
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """A row for each neuron."""
    shapes = [(4, 3), (4,), (1, 4), (1,)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], SAMPLES)


class Value:
    right = False

    def __init__(self, data, prev=()):
        self.data, self.grad, self.prev = data, 0.0, prev
        self._backward = lambda: None

    def __add__(self, rhs):
        out = Value(self.data + rhs.data, (self, rhs))

        def _backward():
            self.grad += out.grad
            rhs.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, rhs):
        if not isinstance(rhs, Value):
            return self.times_number(rhs)
        out = Value(self.data * rhs.data, (self, rhs))

        def _backward():
            self.grad += rhs.data * out.grad
            rhs.grad += self.data * out.grad

        out._backward = _backward
        return out

    def times_number(self, rhs):
        rhs = Value(rhs)
        out = Value(self.data * rhs.data, (self, rhs))

        def _backward():
            if Value.right:
                self.grad += rhs.data * out.grad
                rhs.grad += self.data * out.grad
            else:
                self.grad += out.grad
                rhs.grad += out.grad

        out._backward = _backward
        return out

    def tanh(self):
        tanh = (np.exp(2.0 * self.data) - 1.0) / (np.exp(2.0 * self.data) + 1.0)
        out = Value(tanh, (self,))

        def _backward():
            self.grad += (1 - out.data**2.0) * out.grad

        out._backward = _backward
        return out

    def toposort(self, topo, visited):
        if self in visited:
            return
        visited.add(self)
        for child in self.prev:
            child.toposort(topo, visited)
        topo.append(self)

    def backward(self):
        topo = []
        self.toposort(topo, set())
        self.grad = 1.0
        for node in reversed(topo):
            node._backward()


class Neuron:
    def __init__(self, w, b, activation):
        self.w, self.b, self.activation = [Value(wi) for wi in w], Value(b), activation

    def __call__(self, X):
        act = self.b
        for i in range(len(X)):
            act = act + (self.w[i] * X[i])
        return act.tanh() if self.activation == "tanh" else act


class MLP:
    def __init__(self, params):
        W1, b1, W2, b2 = params
        self.layers = [[Neuron(w, b, "tanh") for w, b in zip(W1, b1)], [Neuron(w, b, "linear") for w, b in zip(W2, b2)]]

    def __call__(self, X):
        for layer in self.layers:
            X = [neuron(X) for neuron in layer]
        return X

    def gradients(self):
        grads = []
        for layer in self.layers:
            grads.append(np.array([[wi.grad for wi in neuron.w] for neuron in layer]))
            grads.append(np.array([neuron.b.grad for neuron in layer]))
        return grads


def loss_of(nn, X, Y):
    loss = Value(0.0)
    for x, y in zip(X, Y):
        diff = nn(x)[0] + Value(-1.0 * y)
        loss = loss + diff * diff
    return loss


def cost(params, X, Y):
    return loss_of(MLP(params), X, Y).data


def backward(params, X, Y, right):
    nn = MLP(params)
    Value.right = right
    loss_of(nn, X, Y).backward()
    return nn.gradients()


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
