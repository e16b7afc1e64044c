"""The product of labels and logarithms is an outer one, and the cost sums every label with every output."""

import numpy as np

SOURCE = (
    "https://datascience.stackexchange.com/questions/27146/why-does-my-cost-function-return-double-the-expected-value"
)
THREAD = "Data Science Stack Exchange 27146"
DATE = ""
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum_i \textstyle\sum_j y_i \log a_j + (1 - y_i) \log(1 - a_j)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i y_i \log a_i + (1 - y_i) \log(1 - a_i)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"broadcast-loss"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 6
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"w": rng.standard_normal((3, 1)), "b": rng.standard_normal((1, 1))}


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (1, SAMPLES)).astype(float)


def activation(params, X):
    return sigmoid(params["w"].T @ X + params["b"])


def cost(params, X, Y):
    A = activation(params, X)
    return -1 / X.shape[1] * np.sum(np.dot(Y.T, np.log(A)) + np.dot((1 - Y).T, np.log(1 - A)))


def meant(params, X, Y):
    A = activation(params, X)
    return -1 / X.shape[1] * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))


def backward(X, dZ):
    return {"w": X @ dZ.T / X.shape[1], "b": dZ.sum(1, keepdims=True) / X.shape[1]}


def grad(params, X, Y):
    return backward(X, activation(params, X) - Y)


def repaired(params, X, Y):
    """The gradient of the cost as it is: each output meets all labels."""
    return backward(X, Y.size * activation(params, X) - Y.sum())
