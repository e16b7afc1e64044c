"""However many layers there are, the output's error is multiplied by the slope of the third layer's activation."""

import numpy as np

SOURCE = "https://github.com/Project-10/DGM/pull/45"
THREAD = "Project-10/DGM PR #45"
DATE = "2021-07"
KIND = "gradient"
FORMULA = r"\delta^3 = (a^3 - y) \odot \bigl(1 - (a^3)^2\bigr)"
RIGHT = r"\delta^3 = (a^3 - y) \odot a^3 \odot (1 - a^3)"
READ = "code"
GROUP = "slope"
LAYER = [3]
NAMES = [{"slope-of-wrong-function"}]
SIZES = (3, 4, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    a = [X]
    for W, b in params:
        z = W @ a[-1] + b
        a.append(np.tanh(z) if len(a) < len(params) else sigmoid(z))
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    a, out = forward(params, X), []
    d = (a[3] - Y) * (a[3] * (1 - a[3]) if right else 1 - a[3] ** 2) / X.shape[1]
    for l in (3, 2, 1):
        out.insert(0, (d @ a[l - 1].T, d.sum(1, keepdims=True)))
        d = params[l - 1][0].T @ d * (1 - a[l - 1] ** 2)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
