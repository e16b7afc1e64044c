"""An activation is a logarithm on both sides of zero, and its slope, written for the input, is given the output."""

import numpy as np

SOURCE = "https://github.com/jeffheaton/encog-java-core/commit/677626895f07b02d163c9a800ac5f107dc3b7969"
THREAD = "jeffheaton/encog-java-core 6776268"
DATE = "2011-06"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \frac{1}{1 + \vert a^1 \vert}"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \frac{1}{1 + \vert z^1 \vert}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
SIZES = (3, 5, 2)
NET = None  # a logarithm for activation
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1.T + b1
    side = np.where(z.real >= 0, 1, -1)
    h = side * np.log(1 + side * z)
    return z, h, h @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def derivative(x):
    return 1 / (1 + abs(x))


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0] * derivative(z if right else h)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
