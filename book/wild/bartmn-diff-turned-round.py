"""The difference of a mean squared error is turned round, which its square does not see and its derivative does."""

import numpy as np

SOURCE = "https://github.com/bartMn/ANN-from-scratch-cpp/commit/5eceb62"
THREAD = "bartMn/ANN-from-scratch-cpp 5eceb62"
DATE = "2025-05"
KIND = "gradient"
FORMULA = r"\delta^2 = \tfrac2K (y - a^2) \odot \bigl(1 - (a^2)^2\bigr)"
RIGHT = r"\delta^2 = \tfrac2K (a^2 - y) \odot \bigl(1 - (a^2)^2\bigr)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Samples are columns."""
    weights = [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])]
    return weights, [rng.standard_normal((k, 1)) for k in SIZES[1:]]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, SIZES[-1]))


class ANN:
    def __init__(self, params):
        self.weights, self.biases = params

    def forward(self, column):
        self.z_values, self.a_values = [], [column]
        for w, b in zip(self.weights, self.biases):
            self.z_values.append(w @ self.a_values[-1] + b)
            self.a_values.append(np.tanh(self.z_values[-1]))
        return self.a_values[-1]

    def tanh_derivative(self, i):
        return 1 - np.tanh(self.z_values[i]) ** 2

    def calculate_loss(self, diff):
        self.error = 2 * diff / diff.size * self.tanh_derivative(-1)
        return np.sum(diff**2) / diff.size

    def backprop(self):
        dw, db, error = [None, None], [None, None], self.error
        for i in (1, 0):
            dw[i], db[i] = error @ self.a_values[i].T, error
            if i:
                error = self.weights[i].T @ error * self.tanh_derivative(i - 1)
        return dw, db


def cost(params, X, Y):
    ann = ANN(params)
    return sum(ann.calculate_loss(ann.forward(x[:, None]) - y[:, None]) for x, y in zip(X, Y)) / len(X)


def train(params, X, Y, diff):
    ann = ANN(params)
    dw, db = ([np.zeros_like(array) for array in arrays] for arrays in params)
    for x, y in zip(X, Y):
        ann.calculate_loss(diff(ann.forward(x[:, None]), y[:, None]))
        for total, new in zip(dw + db, sum(ann.backprop(), [])):
            total += new / len(X)
    return dw, db


def grad(params, X, Y):
    return train(params, X, Y, diff=lambda predictions, y: y - predictions)


def repaired(params, X, Y):
    return train(params, X, Y, diff=lambda predictions, y: predictions - y)
