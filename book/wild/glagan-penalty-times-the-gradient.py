"""The penalty's value times the gradient is added to it, in place of its coefficient times the weights."""

import numpy as np

SOURCE = "https://github.com/Glagan/42-multilayer-perceptron/commit/95099a1"
THREAD = "Glagan/42-multilayer-perceptron 95099a1"
DATE = "2022-03"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W = (1 + R)\, \partial C_0 / \partial W,\; R = \tfrac{\lambda}{2} \sum_l "
    r"\lVert W^l\rVert^2"
)
RIGHT = r"\partial C / \partial W = \partial C_0 / \partial W + \lambda W"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.1 * SAMPLES


def start(rng):
    return [rng.standard_normal((4, 5)), rng.standard_normal(5), rng.standard_normal((5, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.maximum(X @ W1 + b1, 0)
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def penalty(params):
    return 0.5 * LAM / SAMPLES * (np.sum(params[0] ** 2) + np.sum(params[2] ** 2))


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X) + penalty(params)


def backward(params, X, Y, right):
    h, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2].T * (h > 0)
    W1, W2 = X.T @ d1, h.T @ d2
    if right:
        W1, W2 = W1 + LAM / SAMPLES * params[0], W2 + LAM / SAMPLES * params[2]
    else:
        W1, W2 = W1 + penalty(params) * W1, W2 + penalty(params) * W2
    return [W1, d1.sum(0), W2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
