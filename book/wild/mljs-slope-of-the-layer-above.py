"""A layer takes the slope of its own function for that of the layer below, and the output layer's was never written."""

import numpy as np

SOURCE = "https://github.com/mljs/feedforward-neural-networks/commit/43e7daa"
THREAD = "mljs/feedforward-neural-networks 43e7daa"
DATE = "2016-12"
KIND = "gradient"
FORMULA = r"\delta^2 = (W^3)^\top \delta^3 \odot (1 - a^2 \odot a^2)"
RIGHT = r"\delta^2 = (W^3)^\top \delta^3 \odot [z^2 \ge 0]"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = [{"slope-of-wrong-function"}]
SIZES = (3, 4, 4, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

ACTIVATION_FUNCTIONS = {
    "relu": {"activation": lambda val: val * (val.real > 0), "derivate": lambda val: (val > 0) * 1.0},
    "exp": {"activation": np.exp, "derivate": lambda val: 1 - (val * val)},
}


class Layer:
    def __init__(self, W, b, activation):
        self.W, self.b = W, b
        self.activation_function = ACTIVATION_FUNCTIONS[activation]["activation"]
        self.derivate = ACTIVATION_FUNCTIONS[activation]["derivate"]

    def forward(self, X):
        z = X @ self.W + self.b
        self.a = self.activation_function(z)
        return self.a

    def backpropagation(self, delta, a):
        self.dW = a.T @ delta
        self.db = delta.sum(0)
        return (delta @ self.W.T) * self.derivate(a)


class OutputLayer(Layer):
    """The exponential on the way up, the hidden layers' slope on the way down."""

    def forward(self, X):
        self.a = np.exp(X @ self.W + self.b)
        return self.a


def start(rng):
    return [(rng.standard_normal((n, k)) / np.sqrt(n), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def build(params, right=True):
    model = [Layer(W, b, "relu") for W, b in params[:-1]]
    model.append(OutputLayer(*params[-1], "relu") if right else Layer(*params[-1], "exp"))
    return model


def propagate(model, X):
    input = X
    for layer in model:
        input = layer.forward(input)
    return input / input.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(propagate(build(params), X))) / len(X)


def backpropagation(params, X, Y, right):
    """The author takes the sum over the samples; here the mean."""
    model = build(params, right)
    probabilities = propagate(model, X)
    probabilities -= Y
    delta = probabilities / len(X)
    for i in range(len(model) - 1, -1, -1):
        a = model[i - 1].a if i > 0 else X
        delta = model[i].backpropagation(delta, a)
    return [(layer.dW, layer.db) for layer in model]


def grad(params, X, Y):
    return backpropagation(params, X, Y, right=False)


def repaired(params, X, Y):
    return backpropagation(params, X, Y, right=True)
