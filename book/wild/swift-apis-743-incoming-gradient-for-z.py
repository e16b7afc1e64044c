"""In the slope of a hard swish the name of the input is taken by what comes from above."""

import numpy as np

SOURCE = "https://github.com/tensorflow/swift-apis/pull/743"
THREAD = "tensorflow/swift-apis PR #743"
DATE = "2020-03"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = \tfrac16 \bigl(\mathrm{relu6}(g + 3) + g^2 \odot [\vert z^1 \vert < 3]\bigr),\; g = "
    r"(W^2)^\top \delta^2"
)
RIGHT = (
    r"\delta^1 = \tfrac16\, g \odot \bigl(\mathrm{relu6}(z^1 + 3) + z^1 \odot [\vert z^1 \vert < 3]\bigr),\; g "
    r"= (W^2)^\top \delta^2"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a hard swish
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def relu6(x):
    return np.where(x.real < 0, 0.0, np.where(x.real > 6, 6.0, x))


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def act(z):
    return z * relu6(z + 3) / 6


def forward(params, X):
    z = X @ params["W1"] + params["b1"]
    return z, act(z), act(z) @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, a, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["W2"].T
    inside = (z > -3) & (z < 3)
    d = g * (relu6(z + 3) + z * inside) / 6 if right else (relu6(g + 3) + g * inside * g) / 6
    return {"W1": X.T @ d, "b1": d.sum(0), "W2": a.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
