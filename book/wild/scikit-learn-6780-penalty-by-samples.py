"""The penalty of a perceptron is divided by the number of samples in cost and gradient, unlike the documentation's."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/6780"
THREAD = "scikit-learn/scikit-learn #6780"
DATE = "2016-05"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \ell_i + \tfrac{\alpha}{2m} \textstyle\sum_l \lVert W^l \rVert^2"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \ell_i + \tfrac{\alpha}{2} \textstyle\sum_l \lVert W^l \rVert^2"
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}, {"penalty"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.3 * SAMPLES


ALPHA = 0.3


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    e = np.exp(h @ W2 + b2)
    return z, h, e / e.sum(axis=1, keepdims=True)


def backward(params, X, d2):
    """The gradient from the delta of the output on."""
    z, h, _ = forward(params, X)
    d1 = d2 @ params[1][0].T * (z > 0)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def penalised(params, X, Y, alpha):
    penalty = 0.5 * alpha * sum(np.sum(W**2) for W, _ in params)
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X) + penalty


def cost(params, X, Y):
    return penalised(params, X, Y, ALPHA / len(X))


def meant(params, X, Y):
    return penalised(params, X, Y, ALPHA)


def grad(params, X, Y):
    grads = backward(params, X, (forward(params, X)[-1] - Y) / len(X))
    return [(g + ALPHA / len(X) * W, b) for (g, b), (W, _) in zip(grads, params)]


def repaired(params, X, Y):
    """The gradient of the cost as it is, which the program has."""
    return grad(params, X, Y)
