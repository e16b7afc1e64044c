"""The gradient of a softmax with its cross-entropy takes for granted that labels, here weights, add up to one."""

import numpy as np

SOURCE = "https://github.com/kvark/meganeura/pull/102"
THREAD = "kvark/meganeura PR #102"
DATE = "2026-04"
KIND = "gradient"
FORMULA = r"\delta^2_i = a^2_i - y_i"
RIGHT = r"\delta^2_i = \bigl(\textstyle\sum_j y_{ij}\bigr)\, a^2_i - y_i"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 4)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """One-hot labels times a weight, of both signs."""
    Y = np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]
    return rng.standard_normal((SAMPLES, SIZES[0])), Y * rng.uniform(-1.5, 2, (SAMPLES, 1))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    logits = h @ W2 + b2
    return z, h, logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True))


def cost(params, X, Y):
    return -np.sum(Y * forward(params, X)[-1]) / len(X)


def backward(params, X, Y, right):
    z, h, logs = forward(params, X)
    label_sum = Y.sum(1, keepdims=True) if right else 1
    d2 = (np.exp(logs) * label_sum - Y) / len(X)
    d1 = d2 @ params[1][0].T * (z > 0)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
