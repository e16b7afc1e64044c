"""The backward pass of a logistic function hands down its slope without what comes from above."""

import numpy as np

SOURCE = "https://github.com/larryniven/autodiff/commit/c6d7a77"
THREAD = "larryniven/autodiff c6d7a77"
DATE = "2015-11"
KIND = "gradient"
FORMULA = r"\delta^1 = a^1 \odot (1 - a^1)"
RIGHT = r"\delta^1 = g \odot a^1 \odot (1 - a^1),\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    e = np.exp(hidden @ W2.T + b2)
    return hidden, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = hidden * (1 - hidden) * (d2 @ params[1][0] if right else 1)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ hidden, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
