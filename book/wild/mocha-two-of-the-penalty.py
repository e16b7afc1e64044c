"""A regulariser is a coefficient times the square of the norm, and its gradient has no two."""

import numpy as np

SOURCE = "https://github.com/pluskid/Mocha.jl/commit/3807267539fe389e566c811e0ac69a0113fc202b"
THREAD = "pluskid/Mocha.jl 3807267"
DATE = "2014-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l = (\cdot) + 0.05\, W^l,\; C = (\cdot) + 0.05 \textstyle\sum_l \lVert W^l "
    r"\rVert^2"
)
RIGHT = r"\partial C / \partial W^l = (\cdot) + 0.1\, W^l,\; C = (\cdot) + 0.05 \textstyle\sum_l \lVert W^l \rVert^2"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
SIZES = (3, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.1 * SAMPLES


COEFFICIENT = 0.05


def start(rng):
    return [rng.standard_normal((3, 5)), rng.standard_normal(5), rng.standard_normal((5, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    e = np.exp(h @ W2 + b2)
    return z, h, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    penalty = COEFFICIENT * (np.sum(params[0] ** 2) + np.sum(params[2] ** 2))
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X) + penalty


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2].T * (z > 0)
    pull = (2 if right else 1) * COEFFICIENT
    return [X.T @ d1 + pull * params[0], d1.sum(0), h.T @ d2 + pull * params[2], d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
