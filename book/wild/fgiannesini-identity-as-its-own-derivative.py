"""The derivative of the identity hands back its input, not ones."""

import numpy as np

SOURCE = "https://github.com/fgiannesini/NeuralNetwork/commit/8d4cf89"
THREAD = "fgiannesini/NeuralNetwork 8d4cf89"
DATE = "2018-07"
KIND = "gradient"
FORMULA = r"f'(z) = z,\; f(z) = z"
RIGHT = r"f'(z) = 1,\; f(z) = z"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"activation-for-slope"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="identity", output="identity", loss="half_squared")
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
    hidden = X @ params["w1"] + params["b1"]
    return hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (out - Y) / len(X)
    slope = np.ones_like(hidden) if right else hidden
    d1 = d2 @ params["w2"].T * slope
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
