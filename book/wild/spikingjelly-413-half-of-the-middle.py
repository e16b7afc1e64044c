"""Between its two kinks a piecewise linear activation rises half as fast as its backward pass says."""

import numpy as np

SOURCE = "https://github.com/fangwei123456/spikingjelly/pull/413"
THREAD = "fangwei123456/spikingjelly PR #413"
DATE = "2023-08"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot f',\; f' = 1/w \text{ where } |z^1| \le w"
RIGHT = r"f' = 1/(2w) \text{ where } |z^1| \le w"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a piecewise linear activation
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

WIDTH, C = 1.0, 0.01


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def f(z):
    outside = np.where(z.real < 0, C * (z + WIDTH), C * (z - WIDTH) + 1)
    return np.where(abs(z.real) <= WIDTH, z / (2 * WIDTH) + 0.5, outside)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = f(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, z2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = 2 * (p - Y) / Y.size
    d1 = d2 @ W2.T * np.where(abs(z1) <= WIDTH, 1 / ((2 if right else 1) * WIDTH), C)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
