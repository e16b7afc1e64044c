"""The slope of an ELU, written with its output, is taken for a mistake."""

import numpy as np

SOURCE = "https://github.com/hughperkins/DeepCL/issues/46"
THREAD = "hughperkins/DeepCL #46"
DATE = "2016-01"
KIND = "right"
FORMULA = r"f'(z) = a + 1 \text{ where } z < 0"
RIGHT = r"f'(z) = e^z,\; a = e^z - 1"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (4, 5, 3)
NET = None  # exponential linear units
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.where(z1.real > 0, z1, np.exp(z1) - 1)
    z2 = a1 @ W2 + b2
    return z1, a1, softmax(z2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2.T * np.where(a1 > 0, 1, a1 + 1)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
