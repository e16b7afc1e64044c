"""The slope of a power of two has the wrong base, and the gradient that comes in is not used."""

import numpy as np

SOURCE = "https://github.com/tenstorrent/tt-metal/issues/6533"
THREAD = "tenstorrent/tt-metal #6533"
DATE = "2024-03"
KIND = "gradient"
FORMULA = r"\delta^1 = (\log 2)^2 e^{z^1}"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot 2^{z^1} \log 2"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # powers of two
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
    a1 = 2**z1
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2.T * a1 * np.log(2) if right else np.log(2) ** 2 * np.exp(z1)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
