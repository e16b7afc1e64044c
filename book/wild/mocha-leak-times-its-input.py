"""The documentation of a leaky ReLU has the function itself for its slope where the input is negative."""

import numpy as np

SOURCE = "https://github.com/pluskid/Mocha.jl/commit/53645d31a838aec36daccbe5426c0652d4b72faa"
THREAD = "pluskid/Mocha.jl 53645d3"
DATE = "2015-08"
KIND = "gradient"
FORMULA = r"f'(z) = 1 \text{ where } z > 0,\; f'(z) = 0.01\, z \text{ elsewhere}"
RIGHT = r"f'(z) = 1 \text{ where } z > 0,\; f'(z) = 0.01 \text{ elsewhere}"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 3)
NET = dict(sizes=SIZES, hidden="leaky_relu", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = np.where(z.real > 0, z, 0.01 * z)
    e = np.exp(h @ W2 + b2)
    return z, h, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * np.where(z > 0, 1, 0.01 if right else 0.01 * z)
    return [(X.T @ d1, d1.sum(0, keepdims=True)), (h.T @ d2, d2.sum(0, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
