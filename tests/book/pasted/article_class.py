"""As tutorials write it: an object that keeps its data and its weights, without biases, and takes steps itself."""

import numpy as np


def sigmoid(x):
    return 1.0 / (1 + np.exp(-x))


class NeuralNetwork:
    def __init__(self, x, y):
        rng = np.random.default_rng(4)
        self.input = x
        self.weights1 = rng.random((x.shape[1], 4))
        self.weights2 = rng.random((4, 1))
        self.y = y

    def feedforward(self):
        self.layer1 = sigmoid(self.input @ self.weights1)
        self.output = sigmoid(self.layer1 @ self.weights2)

    def loss(self):
        return np.sum((self.y - self.output) ** 2)

    def backprop(self):
        error = 2 * (self.y - self.output) * self.output * (1 - self.output)
        d_weights2 = self.layer1.T @ error
        d_weights1 = self.input.T @ (error @ self.weights2.T * self.layer1 * (1 - self.layer1))
        self.weights1 += d_weights1
        self.weights2 += d_weights2


if __name__ == "__main__":
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    y = np.array([[0], [1], [1], [0]])
    nn = NeuralNetwork(X, y)
    for _ in range(150):
        nn.feedforward()
        nn.backprop()
    print(nn.output)
