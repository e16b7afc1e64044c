"""A repair is offered for the slope of an ELU that is right."""

import numpy as np

SOURCE = "https://github.com/eriklindernoren/ML-From-Scratch/pull/73"
THREAD = "eriklindernoren/ML-From-Scratch PR #73"
DATE = "2020-01"
KIND = "right"
FORMULA = r"f'(z) = f(z) + \alpha \text{ where } z < 0"
RIGHT = r"f'(z) = \alpha\, e^z,\; f(z) = \alpha\,(e^z - 1)"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
NET = None  # exponential linear units
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

ALPHA = 0.1


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        params[f"W{l}"], params[f"b{l}"] = rng.standard_normal((n, k)), rng.standard_normal(k)
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def elu(z):
    return np.where(z.real >= 0, z, ALPHA * (np.exp(z) - 1))


def forward(params, X):
    z1 = X @ params["W1"] + params["b1"]
    return z1, elu(z1), elu(z1) @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y):
    z1, a1, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["W2"].T * np.where(z1 >= 0, 1, elu(z1) + ALPHA)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
