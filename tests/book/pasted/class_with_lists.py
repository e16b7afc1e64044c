"""An object with lists of weights and biases, and settings beside them that are no parameters."""

import numpy as np


class NN:
    def __init__(self, layers):
        np.random.seed(0)
        self.layers = layers
        self.weights = [np.random.randn(a, b) for a, b in zip(layers, layers[1:])]
        self.biases = [np.random.randn(1, b) for b in layers[1:]]
        self.lr = 0.1
        self.batch_size = 5

    def forward(self, X):
        self.activations = [X]
        for W, b in zip(self.weights, self.biases):
            self.activations.append(1 / (1 + np.exp(-(self.activations[-1] @ W + b))))
        return self.activations[-1]

    def compute_loss(self, y_pred, y_true):
        return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))

    def backward(self, y_true):
        m = len(y_true)
        dW, db = [], []
        delta = self.activations[-1] - y_true
        for l in reversed(range(len(self.weights))):
            dW.insert(0, self.activations[l].T @ delta)
            db.insert(0, delta.sum(axis=0, keepdims=True) / m)
            delta = delta @ self.weights[l].T * self.activations[l] * (1 - self.activations[l])
        return dW, db


X_train = np.random.randn(8, 3)
y_train = np.random.randint(0, 2, (8, 1))
model = NN([3, 4, 1])
