"""The backward pass of a modulus takes the modulus of what comes from above."""

import numpy as np

SOURCE = "https://github.com/tailhq/autograd/commit/2262dc2"
THREAD = "tailhq/autograd 2262dc2"
DATE = "2015-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = |g|,\; a = |z|,\; g = \partial C / \partial a"
RIGHT = r"\partial C / \partial z = g \odot \mathrm{sign}\, z,\; a = |z|,\; g = \partial C / \partial a"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a modulus as the activation
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    return z, abs(z) @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, out = forward(params, X)
    d2 = (out - Y) / len(X)
    g = d2 @ params[1][0].T
    d1 = g * np.sign(z) if right else abs(g)
    return [(X.T @ d1, d1.sum(0)), (abs(z).T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
