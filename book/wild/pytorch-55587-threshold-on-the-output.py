"""A softplus goes over to a line where its input is beyond a threshold, and its slope where the output is."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/55587"
THREAD = "pytorch/pytorch #55587"
DATE = "2021-04"
KIND = "gradient"
FORMULA = r"f'(z) = 1 \text{ where } \beta f(z) > \vartheta,\; f'(z) = \sigma(\beta z) \text{ elsewhere}"
RIGHT = r"f'(z) = 1 \text{ where } \beta z > \vartheta,\; f'(z) = \sigma(\beta z) \text{ elsewhere}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a softplus with a threshold
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0

BETA, THRESHOLD = 1.0, 1.5


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    x = X @ W1.T + b1
    y = np.where(BETA * x.real > THRESHOLD, x, np.log(1 + np.exp(BETA * x)) / BETA)
    return x, y, y @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    x, y, p = forward(params, X)
    d2 = (p - Y) / len(X)
    z = np.exp(BETA * y)
    slope = np.where(BETA * (x if right else y) > THRESHOLD, 1, (z - 1) / z)
    d1 = d2 @ params[1][0] * slope
    return [(d1.T @ X, d1.sum(0)), (d2.T @ y, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
