"""On the way back a rectifier closes where the gradient that comes down is not positive, not its input."""

import numpy as np

SOURCE = "https://github.com/v0lta/NumPy-backprop/commit/c5f1c01"
THREAD = "v0lta/NumPy-backprop c5f1c01"
DATE = "2020-12"
KIND = "gradient"
FORMULA = r"\delta^1 = g \odot [g > 0],\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot [z^1 > 0],\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"mask-of-gradient"}]
SIZES = (4, 5, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The weights of a layer lie beside its bias, a column."""
    return [{"W": rng.standard_normal((n, k)), "b": rng.standard_normal((n, 1))} for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class Dense:
    def __init__(self, weights):
        self.W, self.b = weights["W"], weights["b"]

    def forward(self, inputs):
        self.inputs = inputs
        return self.W @ inputs + self.b

    def backward(self, delta):
        dW = delta @ self.inputs.transpose(0, 2, 1)
        self.grads = {"W": dW.mean(0), "b": delta.mean(0)}
        return self.W.T @ delta


class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        return np.where(inputs <= 0, 0, inputs)

    def backward(self, prev_dev):
        return np.where(prev_dev <= 0, 0, prev_dev)


class RepairedReLU(ReLU):
    def backward(self, prev_dev):
        return np.where(self.inputs <= 0, 0, prev_dev)


def run(layers, X):
    """Each sample is a column of its own."""
    out = X[:, :, None]
    for layer in layers:
        out = layer.forward(out)
    return 1 / (1 + np.exp(-out))


def cost(params, X, Y):
    out = run([Dense(params[0]), ReLU(), Dense(params[1])], X)[:, :, 0]
    return np.mean(-Y * np.log(out) - (1 - Y) * np.log(1 - out))


def train_step(layers, X, Y):
    delta = run(layers, X) - Y[:, :, None]
    for layer in reversed(layers):
        delta = layer.backward(delta)
    return [layers[0].grads, layers[2].grads]


def grad(params, X, Y):
    return train_step([Dense(params[0]), ReLU(), Dense(params[1])], X, Y)


def repaired(params, X, Y):
    return train_step([Dense(params[0]), RepairedReLU(), Dense(params[1])], X, Y)
