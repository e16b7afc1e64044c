"""The derivative of a hyperbolic tangent divides by one exponential and takes the other one off."""

import numpy as np

SOURCE = "https://github.com/ivant8k/FFNN-Scratch/commit/df09f3d"
THREAD = "ivant8k/FFNN-Scratch df09f3d"
DATE = "2026-03"
KIND = "gradient"
FORMULA = r"f'(z) = (2 / e^z - e^{-z})^2"
RIGHT = r"f'(z) = \bigl(2 / (e^z + e^{-z})\bigr)^2,\; f = \tanh"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="mse")
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


def forward(params, X):
    z = X @ params["w1"] + params["b1"]
    hidden = np.tanh(z)
    return z, hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z, hidden, out = forward(params, X)
    d2 = 2 * (out - Y) / Y.size
    up, down = np.exp(z), np.exp(-z)
    root = 2 / (up + down) if right else 2 / up - down
    d1 = d2 @ params["w2"].T * root**2
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
