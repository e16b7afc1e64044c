"""In a scalar engine a tanh hands down its slope alone, without the gradient of its output."""

import numpy as np

SOURCE = "https://github.com/Thomascountz/micrograd_rb/commit/a99f7be"
THREAD = "Thomascountz/micrograd_rb a99f7be"
DATE = "2022-08"
KIND = "gradient"
FORMULA = r"\delta^l = 1 - (a^l)^2"
RIGHT = r"\delta^l = (1 - (a^l)^2) \odot \frac{\partial C}{\partial a^l}"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"from-above-missing"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [[rng.uniform(-1, 1, (n, k)), rng.uniform(-1, 1, n)] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], (SAMPLES, 1))


class Value:
    right = False

    def __init__(self, data, children=()):
        self.data = data
        self.children = children
        self.gradient = 0.0
        self.backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, [self, other])

        def backward():
            self.gradient += 1.0 * out.gradient
            other.gradient += 1.0 * out.gradient

        out.backward = backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, [self, other])

        def backward():
            self.gradient += other.data * out.gradient
            other.gradient += self.data * out.gradient

        out.backward = backward
        return out

    def __pow__(self, other):
        out = Value(self.data**other, [self])

        def backward():
            self.gradient += other * (self.data ** (other - 1)) * out.gradient

        out.backward = backward
        return out

    def tanh(self):
        out = Value(np.tanh(self.data), [self])

        def backward():
            if Value.right:
                self.gradient += (1.0 - out.data**2) * out.gradient
            else:
                self.gradient += 1.0 - (out.data**2)

        out.backward = backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def backpropagate(self):
        for value in reversed(self.topological_sort([], [])):
            value.backward()

    def topological_sort(self, visited, sorted):
        if not any(self is each for each in visited):
            visited.append(self)
            for child in self.children:
                child.topological_sort(visited, sorted)
            sorted.append(self)
        return sorted


class Neuron:
    def __init__(self, weights, bias):
        self.weights = [Value(w) for w in weights]
        self.bias = Value(bias)

    def call(self, inputs):
        activation = self.bias
        for xi, wi in zip(inputs, self.weights):
            activation = activation + xi * wi
        return activation.tanh()


class MLP:
    def __init__(self, params):
        self.layers = [[Neuron(w, b) for w, b in zip(W, B)] for W, B in params]

    def call(self, inputs):
        for layer in self.layers:
            inputs = [n.call(inputs) for n in layer]
        return inputs


def loss_of(mlp, X, Y):
    loss = Value(0.0)
    for x, y in zip(X, Y):
        for pred, target in zip(mlp.call([Value(each) for each in x]), y):
            loss = loss + (pred - Value(target)) ** 2
    return loss


def cost(params, X, Y):
    return loss_of(MLP(params), X, Y).data / len(X)


def gradients(params, X, Y, right):
    Value.right = right
    mlp = MLP(params)
    loss = loss_of(mlp, X, Y)
    loss.gradient = 1.0
    loss.backpropagate()
    return [
        [
            np.array([[w.gradient for w in n.weights] for n in layer]) / len(X),
            np.array([n.bias.gradient for n in layer]) / len(X),
        ]
        for layer in mlp.layers
    ]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
