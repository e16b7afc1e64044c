"""A sigmoid is given the gradient from above on the way back, and hands down its slope there."""

import numpy as np

SOURCE = "https://github.com/Zyniuu/NeuralNetworkCPP/commit/e8bb1fe"
THREAD = "Zyniuu/NeuralNetworkCPP e8bb1fe"
DATE = "2025-02"
KIND = "gradient"
FORMULA = r"\delta^1 = \sigma(g) \odot (1 - \sigma(g)),\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot \sigma(z^1) \odot (1 - \sigma(z^1)),\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
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
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    hidden = sigmoid(X @ params["w1"] + params["b1"])
    return hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[1] - Y) ** 2)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = 2 * (out - Y) / Y.size
    g = d2 @ params["w2"].T
    d1 = g * hidden * (1 - hidden) if right else sigmoid(g) * (1 - sigmoid(g))
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
