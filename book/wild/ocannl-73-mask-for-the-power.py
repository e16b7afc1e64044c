"""The gradient of a power is a copy of the ReLU's: it lets through where the value is positive."""

import numpy as np

SOURCE = "https://github.com/ahrefs/ocannl/issues/73"
THREAD = "ahrefs/ocannl #73"
DATE = "2023-03"
KIND = "gradient"
FORMULA = r"\delta^2 = [(a^2 - y)^2 > 0]"
RIGHT = r"\delta^2 = 2\, (a^2 - y)"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((4, 3)),
        "b1": rng.standard_normal(4),
        "w2": rng.standard_normal((1, 4)),
        "b2": rng.standard_normal(1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["w1"].T + params["b1"]
    h = z * (z.real > 0)
    return z, h, h @ params["w2"].T + params["b2"]


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    power = (p - Y) ** 2
    d2 = (2 * (p - Y) if right else (power > 0) * 1.0) / len(X)
    d1 = d2 @ params["w2"] * (z > 0)
    return {"w1": d1.T @ X, "b1": d1.sum(0), "w2": d2.T @ h, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
