"""A sigmoid has no minus in its exponential and falls, and its slope is that of one that rises."""

import numpy as np

SOURCE = "https://github.com/sar-gupta/neural-network-from-scratch/commit/1749f00"
THREAD = "sar-gupta/neural-network-from-scratch 1749f00"
DATE = "2017-10"
KIND = "gradient"
FORMULA = r"f'(z) = a (1 - a),\; a = f(z) = \frac{1}{1 + e^z}"
RIGHT = r"f'(z) = -a (1 - a),\; a = f(z) = \frac{1}{1 + e^z}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"sign"}]
SIZES = (4, 5, 3)
NET = None  # a sigmoid that falls
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
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
    hidden = 1 / (1 + np.exp(X @ params["w1"] + params["b1"]))
    return hidden, softmax(hidden @ params["w2"] + params["b2"])


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    d2 = (a - Y) / len(X)
    slope = hidden * (1 - hidden)
    d1 = d2 @ params["w2"].T * (-slope if right else slope)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
