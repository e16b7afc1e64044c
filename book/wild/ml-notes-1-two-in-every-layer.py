"""Each hidden layer has a cost of its own, the square of what comes from above, and so a two of its own."""

import numpy as np

SOURCE = "https://github.com/tsoding/ml-notes/pull/1"
THREAD = "tsoding/ml-notes PR #1"
DATE = "2023-05"
KIND = "gradient"
FORMULA = r"\delta^1 = 2\, (W^2)^\top \delta^2 \odot \sigma'(z^1),\; \delta^2 = 2\, (a^2 - y)\, \sigma'(z^2)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1),\; \delta^2 = 2\, (a^2 - y)\, \sigma'(z^2)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}, {"two-too-many"}]
SIZES = (2, 3, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    a = [X]
    for W, b in params:
        a.append(sigmoid(a[-1] @ W + b))
    return a


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    a = forward(params, X)
    from_above = a[-1] - Y
    grads = []
    for l in range(len(params), 0, -1):
        two = 2 if l == len(params) or not right else 1
        delta = two * from_above * a[l] * (1 - a[l])
        grads.insert(0, (a[l - 1].T @ delta / len(X), delta.sum(0) / len(X)))
        from_above = delta @ params[l - 1][0].T
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
