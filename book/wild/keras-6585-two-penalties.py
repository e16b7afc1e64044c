"""A reader takes a penalty of moduli and squares for a wrong elastic net."""

import numpy as np

SOURCE = "https://github.com/keras-team/keras/issues/6585"
THREAD = "keras-team/keras #6585"
DATE = "2017-05"
KIND = "right"
FORMULA = r"\partial C / \partial W = (\cdot) + \lambda_1\, \mathrm{sign}\, W + 2 \lambda_2 W"
RIGHT = (
    r"\partial C / \partial W \text{ of } (\cdot) + \lambda_1 \textstyle\sum \vert W \vert + \lambda_2 "
    r"\textstyle\sum W^2"
)
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
NET = None  # two penalties
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


L1, L2 = 0.03, 0.05


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def penalty(W):
    return np.sum(L1 * W * np.sign(W.real)) + np.sum(L2 * W**2)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1 + b1)
    return hidden, hidden @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X) + sum(penalty(W) for W, _ in params)


def grad(params, X, Y):
    hidden, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    slopes = [L1 * np.sign(W) + 2 * L2 * W for W, _ in params]
    return [(X.T @ d1 + slopes[0], d1.sum(0)), (hidden.T @ d2 + slopes[1], d2.sum(0))]


repaired = grad
