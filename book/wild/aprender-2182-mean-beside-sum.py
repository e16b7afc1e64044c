"""The loss is a sum over the batch, and its backward pass divides by the batch size all the same."""

import numpy as np

SOURCE = "https://github.com/paiml/aprender/pull/2182"
THREAD = "paiml/aprender PR #2182"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\delta^2 = \tfrac1m (a^2 - y) \text{ beside } C = -\textstyle\sum_i y_i \cdot \log a^2_i"
RIGHT = r"\delta^2 = a^2 - y"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-twice"}, {"factor"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        params[f"W{l}"], params[f"b{l}"] = rng.standard_normal((n, k)), rng.standard_normal(k)
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z1 = X @ params["W1"] + params["b1"]
    a1 = z1 * (z1.real > 0)
    return z1, a1, softmax(a1 @ params["W2"] + params["b2"])


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1]))


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    d2 = (p - Y) / (1 if right else len(X))
    d1 = d2 @ params["W2"].T * (z1 > 0)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
