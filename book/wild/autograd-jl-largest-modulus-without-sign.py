"""The derivative of the largest modulus is one where it stands, whatever the sign of the entry."""

import numpy as np

SOURCE = "https://github.com/denizyuret/AutoGrad.jl/commit/d6927a3"
THREAD = "denizyuret/AutoGrad.jl d6927a3"
DATE = "2017-09"
KIND = "gradient"
FORMULA = (
    r"\partial \max_k \vert e_k \vert / \partial e_k = [\vert e_k \vert = \max_j \vert e_j \vert],\; e = "
    r"a^2 - y"
)
RIGHT = (
    r"\partial \max_k \vert e_k \vert / \partial e_k = [\vert e_k \vert = \max_j \vert e_j \vert]\, "
    r"\mathrm{sign}\, e_k,\; e = a^2 - y"
)
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = None  # the largest error
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), 3 * rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1 + b1)
    return hidden, hidden @ W2 + b2


def moduli(e):
    return e * np.sign(e.real)


def largest(e):
    a = moduli(e.real)
    return a == a.max(axis=1, keepdims=True)


def cost(params, X, Y):
    e = forward(params, X)[1] - Y
    return np.sum(moduli(e) * largest(e)) / len(X)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    e = a - Y
    d2 = largest(e) * (np.sign(e) if right else 1) / len(X)
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
