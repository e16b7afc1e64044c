"""An array of errors seems to be lost after the output layer; it is the same array, under another name."""

import numpy as np

SOURCE = "https://github.com/accord-net/framework/issues/577"
THREAD = "accord-net/framework #577"
DATE = "2017-05"
KIND = "right"
FORMULA = r"\delta^l = (\cdot) \odot \alpha\, a^l (1 - a^l)"
RIGHT = r"\delta^l = (\cdot) \odot f'(z^l),\; f(z) = 1 / (1 + e^{-\alpha z})"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a steeper sigmoid
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

ALPHA = 2.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def f(z):
    return 1 / (1 + np.exp(-ALPHA * z))


def forward(params, X):
    a = [X]
    for W, b in params:
        a.append(f(W @ a[-1] + b))
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y):
    a, out = forward(params, X), []
    d = (a[2] - Y) * ALPHA * a[2] * (1 - a[2]) / X.shape[1]
    for l in (2, 1):
        out.insert(0, (d @ a[l - 1].T, d.sum(1, keepdims=True)))
        d = params[l - 1][0].T @ d * ALPHA * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
