"""In the derivative of a quotient the brackets round the squared divisor are missing, and the square cancels."""

import numpy as np

SOURCE = "https://github.com/cbovar/ConvNetSharp/commit/5cbc82ac0d9980ffeddb3f7de7ca71935eb638cf"
THREAD = "cbovar/ConvNetSharp 5cbc82a"
DATE = "2017-07"
KIND = "gradient"
FORMULA = r"\delta^2 = S^2 a^2 - y,\; a^2 = e^{z^2} / S,\; S = \textstyle\sum_k e^{z^2_k}"
RIGHT = r"\delta^2 = a^2 - y,\; a^2 = e^{z^2} / S,\; S = \textstyle\sum_k e^{z^2_k}"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)].T


def forward(params, X):
    """The softmax is a quotient in the graph."""
    (W1, b1), (W2, b2) = params
    h = np.tanh(W1 @ X + b1)
    e = np.exp(W2 @ h + b2)
    return h, e, e.sum(0, keepdims=True)


def cost(params, X, Y):
    _, e, total = forward(params, X)
    return -np.sum(Y * np.log(e / total)) / X.shape[1]


def div_differentiate(derivate, left, right_side, right):
    if right:
        return derivate / right_side, derivate * -left / (right_side * right_side)
    return derivate / right_side, derivate * -left / right_side * right_side


def backward(params, X, Y, right):
    h, e, total = forward(params, X)
    derivate = -Y / (e / total) / X.shape[1]
    by_e, by_total = div_differentiate(derivate, e, total, right)
    d2 = (by_e + by_total.sum(0, keepdims=True)) * e
    d1 = params[1][0].T @ d2 * (1 - h**2)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
