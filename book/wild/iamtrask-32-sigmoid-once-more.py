"""A reader's repair takes the sigmoid once more of values that have been through it."""

import numpy as np

SOURCE = "https://github.com/iamtrask/iamtrask.github.io/issues/32"
THREAD = "iamtrask/iamtrask.github.io #32"
DATE = "2018-07"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \sigma'(a^l)"
RIGHT = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}, {"slope-of-a-throughout"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"syn0": rng.standard_normal((3, 4)), "syn1": rng.standard_normal((4, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    l1 = sigmoid(X @ params["syn0"])
    return l1, sigmoid(l1 @ params["syn1"])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    l1, l2 = forward(params, X)
    slope = lambda t: t * (1 - t)
    seen = (lambda a: a) if right else sigmoid
    d2 = (l2 - Y) * slope(seen(l2)) / len(X)
    d1 = d2 @ params["syn1"].T * slope(seen(l1))
    return {"syn0": X.T @ d1, "syn1": l1.T @ d2}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
