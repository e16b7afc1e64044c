"""A repair multiplies the output of a SELU by its scale, which the output has in it already."""

import numpy as np

SOURCE = "https://github.com/RubixML/ML/commit/837385e2eb9f05c76c9522fc1673bdb87d11742d"
THREAD = "RubixML/ML 837385e"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"f'(z) = \lambda \text{ where } a > 0,\; f'(z) = \lambda\, (a + \alpha) \text{ elsewhere}"
RIGHT = r"f'(z) = \lambda \text{ where } a > 0,\; f'(z) = a + \lambda \alpha \text{ elsewhere}"
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
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = W1 @ X + b1
    computed = np.where(z.real > 0, SCALE * z, SCALE * ALPHA * (np.exp(z) - 1))
    return computed, W2 @ computed + b2


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / Y.size


def backward(params, X, Y, right):
    computed, p = forward(params, X)
    below = computed + SCALE * ALPHA if right else SCALE * (computed + ALPHA)
    d2 = 2 * (p - Y) / Y.size
    d1 = params[1][0].T @ d2 * np.where(computed > 0, SCALE, below)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ computed.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
