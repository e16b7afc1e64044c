"""Every function that is not in a list has the slope one, the exponential and the logarithm among them."""

import numpy as np

SOURCE = "https://github.com/cool-japan/scirs/issues/103"
THREAD = "cool-japan/scirs #103"
DATE = "2026-02"
KIND = "gradient"
FORMULA = r"f(z) = \log(1 + e^z),\; \delta^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \frac{e^z}{1 + e^z}"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}]
SIZES = (3, 5, 2)
NET = None  # a softplus
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.log(1 + np.exp(z1))
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = 2 * (p - Y) / Y.size
    d1 = d2 @ W2.T * (np.exp(z1) / (1 + np.exp(z1)) if right else 1)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
