"""A network of layer objects, each of which keeps its weights and the gradients beside them."""

import numpy as np


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.W = rng.standard_normal((n_in, n_out)) * 0.5
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, delta):
        self.dW = self.x.T @ delta
        self.db = delta.sum(axis=0, keepdims=True)
        return delta @ self.W.T


class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, delta):
        return delta * self.mask


class Network:
    def __init__(self, rng):
        self.layers = [Dense(3, 4, rng), ReLU(), Dense(4, 4, rng), ReLU(), Dense(4, 2, rng)]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        self.diff = self.forward(x) - t
        return 0.5 * np.sum(self.diff**2) / len(x)

    def backward(self):
        d = self.diff / len(self.diff)
        for layer in reversed(self.layers):
            d = layer.backward(d)


rng = np.random.default_rng(1)
model = Network(rng)
X = rng.standard_normal((9, 3))
t = rng.standard_normal((9, 2))
