"""The backward pass of a log-softmax takes the output for the softmax, and divides by the samples once more."""

import numpy as np

SOURCE = "https://github.com/AkiRusProd/numpy-nn-model/commit/5995d9a"
THREAD = "AkiRusProd/numpy-nn-model 5995d9a"
DATE = "2024-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial z = \tfrac1m \bigl(g - f(z) \textstyle\sum_k g_k\bigr),\; f(z) = \log \mathrm{softmax}(z)"
)
RIGHT = r"\partial C / \partial z = g - e^{f(z)} \textstyle\sum_k g_k,\; f(z) = \log \mathrm{softmax}(z)"
READ = "code"
GROUP = "softmax"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "fc1": [rng.standard_normal((5, 3)), rng.standard_normal((1, 5))],
        "fc2": [rng.standard_normal((3, 5)), rng.standard_normal((1, 3))],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params["fc1"], params["fc2"]
    z = X @ W1.T + b1
    hidden = z * (z.real > 0)
    logits = hidden @ W2.T + b2
    return hidden, logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def cost(params, X, Y):
    return -np.mean(np.sum(Y * forward(params, X)[1], axis=1))


def backward(params, X, Y, right):
    hidden, logs = forward(params, X)
    g = -Y / len(X)
    total = g.sum(axis=1, keepdims=True)
    d2 = g - np.exp(logs) * total if right else (g - logs * total) / len(X)
    d1 = d2 @ params["fc2"][0] * (hidden > 0)
    return {"fc1": [d1.T @ X, d1.sum(0, keepdims=True)], "fc2": [d2.T @ hidden, d2.sum(0, keepdims=True)]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
