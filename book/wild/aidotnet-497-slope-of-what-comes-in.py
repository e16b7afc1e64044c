"""A dense layer takes the slope of its activation at the gradient that comes in, and goes on with that slope alone."""

import numpy as np

SOURCE = "https://github.com/ooples/AiDotNet/pull/497"
THREAD = "ooples/AiDotNet PR #497"
DATE = "2025-11"
KIND = "gradient"
FORMULA = r"\delta^l = \sigma'(g^l),\; g^2 = \tfrac{2}{mK} (a^2 - y),\; g^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^l = g^l \odot \sigma'(z^l)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def start(rng):
    return [
        {"weights": rng.standard_normal((k, n)), "biases": rng.standard_normal(k)} for n, k in zip(SIZES, SIZES[1:])
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def forward(params, X):
    z, a = [], [X]
    for layer in params:
        z.append(a[-1] @ layer["weights"].T + layer["biases"])
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    return np.mean((forward(params, X)[1][-1] - Y) ** 2)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    g, out = 2 * (a[-1] - Y) / Y.size, []
    for l in (1, 0):
        d = g * slope(z[l]) if right else slope(g)
        out.insert(0, {"weights": d.T @ a[l], "biases": d.sum(0)})
        g = d @ params[l]["weights"]
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
