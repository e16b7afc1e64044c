"""An ELU is the sum of a maximum and a minimum, and its slope is written for a positive factor only."""

import numpy as np

SOURCE = "https://github.com/PaddlePaddle/Paddle/pull/26543"
THREAD = "PaddlePaddle/Paddle PR #26543"
DATE = "2020-08"
KIND = "gradient"
FORMULA = (
    r"f'(z) = [z > 0] + \alpha\, e^z\, [z \le 0],\; f(z) = \max(0, z) + \min\bigl(0, \alpha\, (e^z - "
    r"1)\bigr),\; \alpha < 0"
)
RIGHT = r"f'(z) = (1 + \alpha\, e^z)\, [z > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (4, 5, 2)
NET = None  # exponential linear units with a negative factor
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

ALPHA = -0.5


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def elu(z):
    second = ALPHA * (np.exp(z) - 1)
    return z * (z.real > 0) + second * (second.real < 0)


def slope(z, right):
    if right:
        return (1 + ALPHA * np.exp(z)) * (z > 0)
    return (z > 0) + ALPHA * np.exp(z) * (z <= 0)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    return z, elu(z), elu(z) @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * slope(z, right)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
