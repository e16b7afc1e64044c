"""In a scalar engine a difference is marked as a product, and its operands get each other's values on the way back."""

import numpy as np

SOURCE = "https://github.com/bakery/rust-micrograd/commit/297b351"
THREAD = "bakery/rust-micrograd 297b351"
DATE = "2023-02"
KIND = "gradient"
FORMULA = r"\frac{\partial C}{\partial a} = 2 (y - a)\, y"
RIGHT = r"\frac{\partial C}{\partial a} = -2 (y - a)"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
SIZES = (3, 2, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [[rng.uniform(-1, 1, (n, k)), rng.uniform(-1, 1, n)] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, 1))


class ValueRef:
    right = False

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.children = []
        self.op = None

    def tanh(self):
        result = ValueRef(np.tanh(self.data))
        result.op = "Tanh"
        result.children = [self]
        return result

    def pow(self, n):
        result = ValueRef(self.data**n)
        result.op = ("Pow", n)
        result.children = [self]
        return result

    def __add__(self, rhs):
        r = ValueRef(self.data + rhs.data)
        r.children = [self, rhs]
        r.op = "Add"
        return r

    def __mul__(self, rhs):
        r = ValueRef(self.data * rhs.data)
        r.children = [self, rhs]
        r.op = "Multiply"
        return r

    def __sub__(self, rhs):
        if ValueRef.right:
            return self + rhs * ValueRef(-1.0)
        r = ValueRef(self.data - rhs.data)
        r.children = [self, rhs]
        r.op = "Multiply"
        return r

    def backward(self):
        self.grad = 1.0
        self._backward()

    def set_grad(self, grad):
        self.grad = self.grad + grad

    def _backward(self):
        if self.op is None:
            return
        grad = self.grad
        if self.op == "Add":
            for child in self.children:
                child.set_grad(grad)
        elif self.op == "Multiply":
            d0 = self.children[0].data
            d1 = self.children[1].data
            self.children[0].set_grad(grad * d1)
            self.children[1].set_grad(grad * d0)
        elif self.op == "Tanh":
            d = self.children[0].data
            self.children[0].set_grad(grad * (1.0 - np.tanh(d) * np.tanh(d)))
        else:
            d = self.children[0].data
            power_n = self.op[1]
            self.children[0].set_grad(grad * (power_n * d ** (power_n - 1)))
        for child in self.children:
            child._backward()


class Neuron:
    def __init__(self, weights, bias):
        self.weights = [ValueRef(w) for w in weights]
        self.bias = ValueRef(bias)

    def forward(self, inputs):
        acc = self.bias
        for w, x in zip(self.weights, inputs):
            acc = acc + w * x
        return acc.tanh()


class MLP:
    def __init__(self, params):
        self.layers = [[Neuron(w, b) for w, b in zip(W, B)] for W, B in params]

    def forward(self, inputs):
        for layer in self.layers:
            inputs = [neuron.forward(inputs) for neuron in layer]
        self.result = inputs

    def loss(self, target):
        acc = ValueRef(0.0)
        for t, prediction in zip(target, self.result):
            acc = acc + (ValueRef(t) - prediction).pow(2)
        return acc


def losses(mlp, X, Y):
    for x, y in zip(X, Y):
        mlp.forward([ValueRef(each) for each in x])
        yield mlp.loss(y)


def cost(params, X, Y):
    return sum(loss.data for loss in losses(MLP(params), X, Y)) / len(X)


def gradients(params, X, Y, right):
    ValueRef.right = right
    mlp = MLP(params)
    for loss in losses(mlp, X, Y):
        loss.backward()
    return [
        [
            np.array([[w.grad for w in neuron.weights] for neuron in layer]) / len(X),
            np.array([neuron.bias.grad for neuron in layer]) / len(X),
        ]
        for layer in mlp.layers
    ]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
