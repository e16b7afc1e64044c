"""The derivative of a log-softmax is taken entry by entry, as one minus the softmax times what comes from above."""

import numpy as np

SOURCE = "https://github.com/kcxain/dlsys/issues/5"
THREAD = "kcxain/dlsys #5"
DATE = "2024-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial z^2 = g \odot (1 - p),\; p = \mathrm{softmax}(z^2),\; g = \partial C / \partial "
    r"\log p"
)
RIGHT = (
    r"\partial C / \partial z^2 = g - p \textstyle\sum_k g_k,\; p = \mathrm{softmax}(z^2),\; g = \partial C / "
    r"\partial \log p"
)
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    h = np.tanh(X @ params["W1"] + params["b1"])
    z = h @ params["W2"] + params["b2"]
    return h, z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))


def cost(params, X, Y):
    return -np.sum(Y * forward(params, X)[1]) / len(X)


def backward(params, X, Y, right):
    h, logs = forward(params, X)
    g = -Y / len(X)
    d2 = g - np.exp(logs) * g.sum(1, keepdims=True) if right else (1 - np.exp(logs)) * g
    d1 = d2 @ params["W2"].T * (1 - h * h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
