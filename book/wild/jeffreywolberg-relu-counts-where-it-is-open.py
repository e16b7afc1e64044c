"""In a scalar engine a ReLU adds one where it is open, and nothing of the gradient of its output."""

import numpy as np

SOURCE = "https://github.com/jeffreywolberg/microgradCpp/commit/ae1c2c2"
THREAD = "jeffreywolberg/microgradCpp ae1c2c2"
DATE = "2023-08"
KIND = "gradient"
FORMULA = r"\delta^1 = [a^1 > 0]"
RIGHT = r"\delta^1 = [a^1 > 0] \odot \frac{\partial C}{\partial a^1}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [[np.append(rng.uniform(-1, 1, k), rng.uniform(-1, 1)) for _ in range(n)] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


class Value:
    right = False

    def __init__(self, data, children=()):
        self.data = data
        self.children = children
        self.grad = 0.0
        self._backward = lambda: None

    def __add__(self, obj):
        out = Value(self.data + obj.data, [self, obj])

        def _backward():
            obj.grad += 1.0 * out.grad
            self.grad += 1.0 * out.grad

        out._backward = _backward
        return out

    def __mul__(self, obj):
        out = Value(self.data * obj.data, [self, obj])

        def _backward():
            obj.grad += self.data * out.grad
            self.grad += obj.data * out.grad

        out._backward = _backward
        return out

    def __sub__(self, obj):
        out = Value(self.data - obj.data, [self, obj])

        def _backward():
            obj.grad += -1.0 * out.grad
            self.grad += 1.0 * out.grad

        out._backward = _backward
        return out

    def power(self, n):
        out = Value(self.data**n, [self])

        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = Value(self.data if np.real(self.data) > 0 else 0, [self])

        def _backward():
            if Value.right:
                self.grad += (1 if out.data > 0 else 0) * out.grad
            else:
                self.grad += 1 if out.data > 0 else 0

        out._backward = _backward
        return out


class Graph:
    def topological(self, value, seen, order):
        if id(value) not in seen:
            seen.add(id(value))
            for child in value.children:
                self.topological(child, seen, order)
            order.append(value)
        return order

    def backward(self, loss):
        order = self.topological(loss, set(), [])
        loss.grad = 1.0
        for value in reversed(order):
            value._backward()


class Neuron:
    def __init__(self, row, nonlin):
        self.weights = [Value(w) for w in row[:-1]]
        self.bias = Value(row[-1])
        self.nonlin = nonlin

    def call(self, data):
        sum = Value(0.0)
        for w, x in zip(self.weights, data):
            sum = sum + w * x
        res = sum + self.bias
        return res.relu() if self.nonlin else res


class MLP:
    def __init__(self, params):
        self.layers = [[Neuron(row, i + 1 != len(params)) for row in layer] for i, layer in enumerate(params)]

    def call(self, data):
        for layer in self.layers:
            data = [neuron.call(data) for neuron in layer]
        return data


def losses(mlp, X, Y):
    for x, y in zip(X, Y):
        for pred, truth in zip(mlp.call([Value(each) for each in x]), y):
            yield (Value(truth) - pred).power(2)


def cost(params, X, Y):
    return sum(loss.data for loss in losses(MLP(params), X, Y)) / len(X)


def gradients(params, X, Y, right):
    Value.right = right
    mlp, g = MLP(params), Graph()
    for loss in losses(mlp, X, Y):
        g.backward(loss)
    return [
        [np.array([v.grad for v in neuron.weights + [neuron.bias]]) / len(X) for neuron in layer]
        for layer in mlp.layers
    ]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
