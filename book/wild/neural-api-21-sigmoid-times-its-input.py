"""The function that is called sigmoid multiplies it by its input; the slope is that of a sigmoid."""

import numpy as np

SOURCE = "https://github.com/joaopauloschuler/neural-api/issues/21"
THREAD = "joaopauloschuler/neural-api #21"
DATE = "2020-01"
KIND = "gradient"
FORMULA = r"f(z) = z / (1 + e^{-z}),\; \delta^1 = (W^2)^\top \delta^2 \odot a^1 \odot (1 - a^1)"
RIGHT = (
    r"f(z) = z / (1 + e^{-z}),\; "
    r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(s + a^1 (1 - s)\bigr),\; "
    r"s = 1 / (1 + e^{-z^1})"
)
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"another-network"}, {"another-network", "slope-of-wrong-function"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")  # as it is called
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = W1 @ X + b1
    a1 = z1 / (1 + np.exp(-z1))
    return z1, a1, W2 @ a1 + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    d2, s = 2 * (p - Y) / Y.size, 1 / (1 + np.exp(-z1))
    d1 = params[1][0].T @ d2 * (s + a1 * (1 - s) if right else a1 * (1 - a1))
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
