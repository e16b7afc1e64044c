"""A course plants two factors for its gradient check to find: dW2 is doubled, and db1 is four times too large."""

import numpy as np

SOURCE = "https://github.com/bighuang624/Andrew-Ng-Deep-Learning-notes/issues/10"
THREAD = "bighuang624/Andrew-Ng-Deep-Learning-notes #10"
DATE = "2018-05"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^2 = \frac2m \sum_i \delta^2_i (a^1_i)^\top,\; \partial C / \partial b^1 = "
    r"\frac4m \sum_i \delta^1_i"
)
RIGHT = (
    r"\partial C / \partial W^2 = \frac1m \sum_i \delta^2_i (a^1_i)^\top,\; \partial C / \partial b^1 = "
    r"\frac1m \sum_i \delta^1_i"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
NET = dict(sizes=(4, 5, 3, 1), hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    params = {}
    for l, (n, k) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{l}"] = rng.standard_normal((k, n))
        params[f"b{l}"] = rng.standard_normal((k, 1))
    return params


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    L = len(params) // 2
    for l in range(1, L + 1):
        z.append(params[f"W{l}"] @ a[-1] + params[f"b{l}"])
        a.append(relu(z[-1]) if len(z) <= L else sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def backward(params, X, Y, right):
    z, a = forward(params, X)
    m, out = X.shape[1], {}
    dZ = a[3] - Y
    for l in (3, 2, 1):
        out[f"W{l}"] = dZ @ a[l - 1].T / m * (2 if l == 2 and not right else 1)
        out[f"b{l}"] = dZ.sum(1, keepdims=True) / m * (4 if l == 1 and not right else 1)
        if l > 1:
            dZ = params[f"W{l}"].T @ dZ * (z[l - 1] > 0)
    return {name: out[name] for name in params}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
