"""Below zero the slope of the SELU is its output and a number that lacks the scale."""

import numpy as np

SOURCE = "https://github.com/wagenaartje/neataptic/commit/7e75cd9"
THREAD = "wagenaartje/neataptic 7e75cd9"
DATE = "2017-06"
KIND = "gradient"
FORMULA = (
    r"f'(z) = \lambda \text{ where } z > 0,\; f'(z) = a + \alpha \text{ elsewhere},\; a = \lambda "
    r"\alpha\, (e^z - 1)"
)
RIGHT = (
    r"f'(z) = \lambda \text{ where } z > 0,\; f'(z) = a + \lambda \alpha \text{ elsewhere},\; a = \lambda "
    r"\alpha\, (e^z - 1)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a SELU
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def selu(z):
    return np.where(z.real > 0, z, ALPHA * np.exp(z) - ALPHA) * SCALE


def selu_slope(z, right):
    fx = selu(z)
    return np.where(z > 0, SCALE, fx + (SCALE if right else 1) * ALPHA)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    return z, selu(z) @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = d2 @ params[1][0].T * selu_slope(z, right)
    return [(X.T @ d1, d1.sum(0)), (selu(z).T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
