"""The binary cross entropy takes its second term off instead of adding it, and has logarithms to base 2 besides."""

import numpy as np

SOURCE = "https://github.com/naapeli/deep-learning-library/commit/6c826ad"
THREAD = "naapeli/deep-learning-library 6c826ad"
DATE = "2024-05"
KIND = "cost"
FORMULA = r"C = -\dfrac1m \textstyle\sum_i y_i \log_2 p_i - (1 - y_i) \log_2 (1 - p_i)"
RIGHT = r"C = -\dfrac1m \textstyle\sum_i y_i \ln p_i + (1 - y_i) \ln (1 - p_i)"
READ = "code"  # for one output and one sample a batch, as the loss takes a mean and its gradient none
LAYER = [2]
NAMES = [{"another-cost"}]
NET = None  # another cost than the binary cross entropy
BLOCKS = ["weights[1]", "biases[1]", "weights[2]", "biases[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 1)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


class bce:
    def loss(self, prediction, true_output):
        y = true_output.reshape(prediction.shape)
        return -np.mean(y * np.log2(prediction + 1e-10) - (1 - y) * np.log2(1 - prediction + 1e-10))

    def gradient(self, prediction, true_output):
        return (prediction - true_output.reshape(prediction.shape)) / (prediction * (1 - prediction) + 1e-10)


class bce_later(bce):
    def loss(self, prediction, true_output):
        y = true_output.reshape(prediction.shape)
        return -np.mean(y * np.log(prediction + 1e-10) + (1 - y) * np.log(1 - prediction + 1e-10))


class bce_as_it_was(bce):
    """The gradient of the loss above."""

    def gradient(self, prediction, true_output):
        y = true_output.reshape(prediction.shape)
        return (-y / (prediction + 1e-10) - (1 - y) / (1 - prediction + 1e-10)) / np.log(2)


class Sigmoid:
    def forward(self, input):
        self.output = 1 / (1 + np.exp(-input))
        return self.output

    def backward(self, dCdy):
        return (self.output * (1 - self.output)) * dCdy


class Dense:
    def __init__(self, weights, biases, activation):
        self.weights, self.biases, self.activation = weights, biases, activation

    def forward(self, input):
        self.input = input
        self.output = self.input @ self.weights + self.biases
        return self.activation.forward(self.output)

    def backward(self, dCdy):
        dCdy = self.activation.backward(dCdy)
        dCdx = dCdy @ self.weights.T
        self.weights_grad = self.input.T @ dCdy
        self.biases_grad = np.mean(dCdy, axis=0)
        return dCdx


class Model:
    def __init__(self, params, loss):
        self.layers = [Dense(params[0], params[1], Sigmoid()), Dense(params[2], params[3], Sigmoid())]
        self.loss = loss

    def predict(self, x):
        current = x
        for layer in self.layers:
            current = layer.forward(current)
        return current

    def backward(self, initial_gradient):
        gradient = initial_gradient
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)


def mean_loss(params, X, Y, loss):
    """In batches of one sample."""
    model = Model(params, loss)
    return sum(loss.loss(model.predict(X[i : i + 1]), Y[i : i + 1]) for i in range(len(X))) / len(X)


def mean_gradient(params, X, Y, loss):
    model = Model(params, loss)
    total = [np.zeros_like(p) for p in params]
    for i in range(len(X)):
        x, y = X[i : i + 1], Y[i : i + 1]
        predictions = model.predict(x)
        initial_gradient = model.loss.gradient(predictions, y)
        model.backward(initial_gradient)
        for j, layer in enumerate(model.layers):
            total[2 * j] += layer.weights_grad / len(X)
            total[2 * j + 1] += layer.biases_grad / len(X)
    return total


def cost(params, X, Y):
    return mean_loss(params, X, Y, bce())


def meant(params, X, Y):
    return mean_loss(params, X, Y, bce_later())


def grad(params, X, Y):
    return mean_gradient(params, X, Y, bce())


def repaired(params, X, Y):
    return mean_gradient(params, X, Y, bce_as_it_was())
