"""A cross entropy has the logarithm to the base of ten, beside the derivative of the natural one."""

import numpy as np

SOURCE = "https://github.com/guillempla/Deep-Learning-From-Scratch/commit/ea4274d"
THREAD = "guillempla/Deep-Learning-From-Scratch ea4274d"
DATE = "2021-01"
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum y \log_{10} a"
RIGHT = r"C = -\tfrac1m \textstyle\sum y \log a"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}, {"factor"}]
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
    return -np.sum(Y * np.log10(forward(params, X)[1])) / len(X)


def meant(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def backward(params, X, slope):
    hidden, a = forward(params, X)
    d2 = a * (slope - np.sum(slope * a, axis=1, keepdims=True)) / len(X)
    d1 = d2 @ params["w2"].T * (1 - hidden**2)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    """The one that belongs to the natural logarithm."""
    return backward(params, X, -Y / forward(params, X)[1])


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, -Y / forward(params, X)[1] / np.log(10))
