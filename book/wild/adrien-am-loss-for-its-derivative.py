"""Each neuron of the output begins with the value of the loss, and not with its derivative."""

import numpy as np

SOURCE = "https://github.com/Adrien-AM/neural_network/commit/56a5752"
THREAD = "Adrien-AM/neural_network 56a5752"
DATE = "2022-12"
KIND = "gradient"
FORMULA = r"\delta^2_{i,k} = \frac1n \textstyle\sum_j (a^2_{i,j} - y_{i,j})^2"
RIGHT = r"\delta^2_{i,k} = \frac2n (a^2_{i,k} - y_{i,k})"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [{"weights": rng.standard_normal((k, n)), "bias": rng.standard_normal(k)} for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def relu(x):
    return np.maximum(x, 0)


def predict(layers, x):
    hidden = relu(layers[0]["weights"] @ x + layers[0]["bias"])
    return hidden, layers[1]["weights"] @ hidden + layers[1]["bias"]


def mean_squared_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def derivative_of_the_error(y_true, y_pred):
    return 2 * (y_pred - y_true) / len(y_true)


def cost(layers, X, Y):
    return sum(mean_squared_error(y, predict(layers, x)[1]) for x, y in zip(X, Y)) / len(X)


def back_propagate(layers, x, y, loss):
    hidden, out = predict(layers, x)
    error = np.empty(SIZES[-1])
    error[:] = loss(y, out)
    below = layers[1]["weights"].T @ error * (hidden > 0)
    return [(np.outer(below, x), below), (np.outer(error, hidden), error)]


def fit(layers, X, Y, loss):
    totals = [{name: np.zeros_like(values) for name, values in layer.items()} for layer in layers]
    for x, y in zip(X, Y):
        for total, (weights, bias) in zip(totals, back_propagate(layers, x, y, loss)):
            total["weights"] += weights / len(X)
            total["bias"] += bias / len(X)
    return totals


def grad(layers, X, Y):
    return fit(layers, X, Y, mean_squared_error)


def repaired(layers, X, Y):
    return fit(layers, X, Y, derivative_of_the_error)
