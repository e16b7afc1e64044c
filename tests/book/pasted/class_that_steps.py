"""An object whose backward pass changes the weights of the layer above before it uses them."""

import numpy as np


class MLP:
    def __init__(self, n_in, n_hidden, n_out, learning_rate=0.5):
        rng = np.random.RandomState(0)
        self.w_hidden = rng.randn(n_in, n_hidden)
        self.b_hidden = rng.randn(n_hidden)
        self.w_out = rng.randn(n_hidden, n_out)
        self.b_out = rng.randn(n_out)
        self.learning_rate = learning_rate

    def _sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def forward(self, X):
        self.a_h = self._sigmoid(X @ self.w_hidden + self.b_hidden)
        self.a_out = self._sigmoid(self.a_h @ self.w_out + self.b_out)
        return self.a_out

    def compute_loss(self, X, y):
        return np.mean((self.forward(X) - y) ** 2)

    def backward(self, X, y, output):
        error = (output - y) * 2 / y.size
        d_out = error * output * (1 - output)
        self.w_out -= self.learning_rate * self.a_h.T @ d_out
        self.b_out -= self.learning_rate * d_out.sum(axis=0)
        d_h = d_out @ self.w_out.T * self.a_h * (1 - self.a_h)
        self.w_hidden -= self.learning_rate * X.T @ d_h
        self.b_hidden -= self.learning_rate * d_h.sum(axis=0)


X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
nn = MLP(2, 3, 1)
