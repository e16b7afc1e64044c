"""The slope of a sigmoid is the sigmoid times one minus what comes in."""

import numpy as np

SOURCE = "https://github.com/cosmic-cortex/neural-networks-from-scratch/commit/3ffd342"
THREAD = "cosmic-cortex/neural-networks-from-scratch 3ffd342"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\sigma'(z) = \sigma(z)\, (1 - z)"
RIGHT = r"\sigma'(z) = \sigma(z)\, (1 - \sigma(z))"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x, right):
    s = sigmoid(x)
    return s * (1 - s) if right else s * (1 - x)


class Function:
    def __init__(self):
        self.cache, self.grad = {}, {}

    def __call__(self, *args):
        output = self.forward(*args)
        self.grad = self.local_grad(*args)
        return output


class Linear(Function):
    def __init__(self, weight):
        super().__init__()
        self.weight, self.weight_update = weight, {}

    def forward(self, X):
        self.cache["X"] = X
        return X @ self.weight["W"] + self.weight["b"]

    def local_grad(self, X):
        return {"X": self.weight["W"], "W": X, "b": np.ones_like(self.weight["b"])}

    def backward(self, dY):
        self.weight_update = {"W": self.cache["X"].T @ dY, "b": np.sum(dY, axis=0, keepdims=True)}
        return dY @ self.grad["X"].T


class Sigmoid(Function):
    def __init__(self, right):
        super().__init__()
        self.right = right

    def forward(self, X):
        return sigmoid(X)

    def backward(self, dY):
        return dY * self.grad["X"]

    def local_grad(self, X):
        return {"X": sigmoid_prime(X, self.right)}


class CrossEntropyLoss(Function):
    def forward(self, X, y):
        exp_x = np.exp(X)
        self.cache["probs"] = exp_x / np.sum(exp_x, axis=1, keepdims=True)
        return -np.sum(y * np.log(self.cache["probs"])) / len(X)

    def local_grad(self, X, y):
        return {"X": (self.cache["probs"] - y) / len(X)}

    def backward(self):
        return self.grad["X"]


def start(rng):
    return [{"W": rng.standard_normal((n, k)), "b": rng.standard_normal((1, k))} for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def net(params, right=True):
    return [Linear(params[0]), Sigmoid(right), Linear(params[1])]


def cost(params, X, Y):
    for layer in net(params):
        X = layer.forward(X)
    return CrossEntropyLoss().forward(X, Y)


def gradients(params, X, Y, right):
    layers, loss = net(params, right), CrossEntropyLoss()
    for layer in layers:
        X = layer(X)
    loss(X, Y)
    d = loss.backward()
    for layer in reversed(layers):
        d = layer.backward(d)
    return [layers[0].weight_update, layers[2].weight_update]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
