"""A reader misses brackets around a square, which is taken before the minus all the same."""

import numpy as np

SOURCE = "https://github.com/libfann/fann/issues/129"
THREAD = "libfann/fann #129"
DATE = "2021-10"
KIND = "right"
FORMULA = r"f(z) = e^{-z \cdot z},\; f'(z) = -2 z\, f(z)"
RIGHT = r"f(z) = e^{-(z \cdot z)},\; f'(z) = -2 z\, f(z)"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a Gaussian
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def gaussian(z):
    return np.exp(-z * z)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    return z, gaussian(z) @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def grad(params, X, Y):
    z, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = d2 @ params[1][0].T * (-2 * z * gaussian(z))
    return [(X.T @ d1, d1.sum(0)), (gaussian(z).T @ d2, d2.sum(0))]


repaired = grad
