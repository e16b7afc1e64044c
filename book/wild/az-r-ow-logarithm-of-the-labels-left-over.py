"""In a binary cross entropy the second product has lost a factor, and the logarithm is that of the labels."""

import numpy as np

SOURCE = "https://github.com/Az-r-ow/NeuralNet/commit/4b9065e"
THREAD = "Az-r-ow/NeuralNet 4b9065e"
DATE = "2024-05"
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum [y \log a + \log(1 - y)]"
RIGHT = r"C = -\tfrac1m \textstyle\sum [y \log a + (1 - y) \log(1 - a)]"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    """The labels are probabilities, none of them 0 or 1."""
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0.1, 0.9, (SAMPLES, SIZES[-1]))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    hidden = sigmoid(X @ params["w1"] + params["b1"])
    return hidden, sigmoid(hidden @ params["w2"] + params["b2"])


def cost(params, X, Y):
    a = forward(params, X)[1]
    return -np.sum(Y * np.log(a) + np.log(1 - Y)) / len(X)


def meant(params, X, Y):
    a = forward(params, X)[1]
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def backward(params, X, slope):
    hidden, a = forward(params, X)
    d2 = slope * a * (1 - a) / len(X)
    d1 = d2 @ params["w2"].T * hidden * (1 - hidden)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    """The one that belongs to both products."""
    a = forward(params, X)[1]
    return backward(params, X, (a - Y) / (a * (1 - a)))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, -Y / forward(params, X)[1])
