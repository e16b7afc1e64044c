"""The slope of a mean square is divided by the sum of its own entries, and not by their number."""

import numpy as np

SOURCE = "https://github.com/Kelvinthedrugger/nn_from_scratch/commit/fafc932"
THREAD = "Kelvinthedrugger/nn_from_scratch fafc932"
DATE = "2021-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial \hat y_k = (\hat y_k - y_k) / \textstyle\sum_j (\hat y_j - y_j)"
RIGHT = r"\partial C / \partial \hat y_k = \tfrac{2}{K} (\hat y_k - y_k)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"clipped"}]
NET = None  # two linear layers without biases, and the mean of the squares over the outputs
BLOCKS = ["W[1]", "W[2]"]
SIZES = (4, 3, 2)
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.uniform(-1, 1, shape) for shape in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class layer:
    def __init__(self, weights):
        self.weights = weights

    def __call__(self, x):
        self.x = x
        self.output = self.x @ self.weights
        return self.output

    def backward(self, in_gradient):
        self.in_gradient = in_gradient
        self.d_weight = self.x.T @ self.in_gradient
        self.out_gradient = self.in_gradient @ (self.weights.T)


class loss_fn:
    def mse(self, yhat, y):
        self.loss = np.square(np.subtract(yhat, y)).mean(axis=1)
        self.gradient = np.multiply(2, np.subtract(yhat, y))
        return self.loss, self.gradient / (self.gradient.sum(axis=1))


class loss_fn_later(loss_fn):
    def mse(self, yhat, y):
        self.loss = np.square(np.subtract(yhat, y)).mean(axis=1)
        self.gradient = np.multiply(2, np.subtract(yhat, y))
        return self.loss, self.gradient / (self.gradient.shape[-1])


class Model:
    def __init__(self):
        self.model = []

    def __call__(self, layers):
        for layer in layers:
            self.model.append(layer)

    def predict(self, x):
        for layer in self.model:
            x = layer(x)
        return x

    def compile(self, lossf):
        self.lossf = lossf

    def fit(self, x, y):
        """One epoch up to the step; x and y are one row."""
        self.d_weights = []
        yhat = self.predict(x)
        self.loss, self.gradient = self.lossf(yhat, y)
        for weight in self.model[::-1]:
            weight.backward(self.gradient)
            self.d_weights.append(weight.d_weight)
            self.gradient = weight.out_gradient
        self.d_weights = self.d_weights[::-1]


def model(params, losses):
    m = Model()
    m([layer(w) for w in params])
    m.compile(losses.mse)
    return m


def cost(params, X, Y):
    m = model(params, loss_fn())
    return sum(m.lossf(m.predict(X[i : i + 1]), Y[i : i + 1])[0].mean() for i in range(len(X))) / len(X)


def gradients(params, X, Y, losses):
    """The mean over rows, each of which is fitted by itself."""
    total = [np.zeros(p.shape) for p in params]
    for i in range(len(X)):
        m = model(params, losses)
        m.fit(X[i : i + 1], Y[i : i + 1])
        for g, d_weight in zip(total, m.d_weights):
            g += d_weight / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, loss_fn())


def repaired(params, X, Y):
    return gradients(params, X, Y, loss_fn_later())
