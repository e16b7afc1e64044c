"""The derivative of a binary cross entropy divides by one minus the label, not by one minus the output."""

import numpy as np

SOURCE = "https://github.com/Az-r-ow/NeuralNet/commit/0701e3a"
THREAD = "Az-r-ow/NeuralNet 0701e3a"
DATE = "2024-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial a^2 = \frac{a^2 - y}{a^2 (1 - y)}"
RIGHT = r"\partial C / \partial a^2 = \frac{a^2 - y}{a^2 (1 - a^2)}"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
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
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    slope = (a - Y) / (a * (1 - (a if right else Y)))
    d2 = slope * a * (1 - a) / len(X)
    d1 = d2 @ params["w2"].T * hidden * (1 - hidden)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
