"""A repair adds one to the probability of the right class, where one is to be taken off."""

import numpy as np

SOURCE = "https://github.com/dredstone1/NeuralNetwork/commit/7411d18"
THREAD = "dredstone1/NeuralNetwork 7411d18"
DATE = "2025-06"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 + y"
RIGHT = r"\delta^2 = a^2 - y,\; a^2 = \mathrm{softmax}(z^2)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def forward(params, X):
    hidden = np.tanh(X @ params["w1"] + params["b1"])
    return hidden, softmax(hidden @ params["w2"] + params["b2"])


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    hot = a + Y
    d2 = (a - Y if right else hot) / len(X)
    d1 = d2 @ params["w2"].T * (1 - hidden**2)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
