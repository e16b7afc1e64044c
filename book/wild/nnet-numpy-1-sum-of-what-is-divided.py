"""A reader misses the size of the batch in a bias's gradient, and the loss has divided by it."""

import numpy as np

SOURCE = "https://github.com/heyxhh/nnet-numpy/issues/1"
THREAD = "heyxhh/nnet-numpy #1"
DATE = "2020-10"
KIND = "right"
FORMULA = r"\partial C / \partial b^l = \textstyle\sum_i \delta^l_i,\; \delta^2 = \tfrac1m (a^2 - y)"
RIGHT = r"\partial C / \partial b^l = \tfrac1m \textstyle\sum_i \delta^l_i,\; \delta^2 = a^2 - y"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    hidden = z * (z.real > 0)
    return hidden, softmax(hidden @ W2 + b2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def grad(params, X, Y):
    hidden, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * (hidden > 0)
    return [(X.T @ d1, d1.sum(axis=0)), (hidden.T @ d2, d2.sum(axis=0))]


repaired = grad
