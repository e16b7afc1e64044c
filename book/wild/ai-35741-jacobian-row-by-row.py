"""A reader doubts a gradient through the softmax that multiplies each row by a Jacobian of its own."""

import numpy as np

SOURCE = "https://ai.stackexchange.com/questions/35741/trouble-writing-the-backpropagation-algorithm-in-python-through-crossentropy-and"
THREAD = "AI Stack Exchange 35741"
DATE = "2022-05"
KIND = "right"
FORMULA = (
    r"\delta^2_{i,j} = \textstyle\sum_k -\frac{y_{i,k}}{a^2_{i,k}}\, \partial a^2_{i,k} / \partial "
    r"z^2_{i,j}"
)
RIGHT = r"\delta^2 = a^2 - y"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
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
    hidden = np.tanh(X @ W1 + b1)
    return hidden, softmax(hidden @ W2 + b2)


def cost(params, X, Y):
    """The question has no mean."""
    return -np.sum(Y * np.log(forward(params, X)[1]))


def grad(params, X, Y):
    hidden, p = forward(params, X)
    jacobians = np.array([np.diag(row) - np.outer(row, row) for row in p])
    d2 = np.array([slope @ J for slope, J in zip(-Y / p, jacobians)])
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


repaired = grad
