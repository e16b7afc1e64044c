"""The derivative of a product with a transposed matrix by that matrix has its two factors exchanged."""

import numpy as np

SOURCE = "https://github.com/denizyuret/Knet.jl/issues/456"
THREAD = "denizyuret/Knet.jl #456"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = a^{l-1} (\delta^l)^\top"
RIGHT = r"\partial C / \partial W^l = \delta^l (a^{l-1})^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"transposed-block"}]
SIZES = (3, 3, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """All layers are of one size, else the shapes would not fit."""
    return [(rng.standard_normal((k, n)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1.T + b1)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def by_the_second(x1, dy, right):
    return dy.T @ x1 if right else x1.T @ dy


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0] * (1 - h**2)
    return [
        (by_the_second(X, d1, right), d1.sum(0, keepdims=True)),
        (by_the_second(h, d2, right), d2.sum(0, keepdims=True)),
    ]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
