"""A write-up of the softmax forgets the sum in the first term of the quotient rule."""

import numpy as np

SOURCE = "https://github.com/arunmallya/arunmallya.github.io/commit/e746b3b"
THREAD = "arunmallya/arunmallya.github.io e746b3b"
DATE = "2016-12"
KIND = "gradient"
FORMULA = r"\frac{\partial a_k}{\partial z_k} = \frac{e^{z_k} - (e^{z_k})^2}{S^2},\; S = \textstyle\sum_j e^{z_j}"
RIGHT = r"\frac{\partial a_k}{\partial z_k} = \frac{e^{z_k} S - (e^{z_k})^2}{S^2},\; S = \textstyle\sum_j e^{z_j}"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    hidden = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return hidden, np.exp(hidden @ W2 + b2)


def cost(params, X, Y):
    powers = forward(params, X)[1]
    return -np.sum(Y * np.log(powers / powers.sum(1, keepdims=True))) / len(X)


def backward(params, X, Y, right):
    hidden, powers = forward(params, X)
    total = powers.sum(1, keepdims=True)
    p = powers / total
    g = -Y / p / len(X)
    own = (powers * (total if right else 1) - powers**2) / total**2
    others = p * (np.sum(g * p, axis=1, keepdims=True) - g * p)
    d2 = g * own - others
    d1 = d2 @ params[2].T * hidden * (1 - hidden)
    return [X.T @ d1, d1.sum(0), hidden.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
