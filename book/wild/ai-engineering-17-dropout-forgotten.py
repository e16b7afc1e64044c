"""Dropout masks and scales the hidden layer forwards, and the way back goes as if every unit had stayed."""

import numpy as np

SOURCE = "https://github.com/rohitg00/ai-engineering-from-scratch/pull/17"
THREAD = "rohitg00/ai-engineering-from-scratch PR #17 (review)"
DATE = "2026-03"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \tfrac{1}{1-p} r \odot [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"dropout-mask"}]
NET = None  # dropout
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


P = 0.4  # the share of hidden units that is dropped; the masks are fixed, so that the cost is a function


def start(rng):
    return {
        "w1": rng.standard_normal((5, 3)),
        "b1": rng.standard_normal(5),
        "w2": rng.standard_normal(5),
        "b2": rng.standard_normal(1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def forward(params, X):
    scale = (np.random.default_rng(3).random((len(X), 5)) >= P) / (1 - P)
    z = X @ params["w1"].T + params["b1"]
    h = z * (z.real > 0) * scale
    return z, scale, h, 1 / (1 + np.exp(-(h @ params["w2"] + params["b2"])))


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    z, scale, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = np.outer(d2, params["w2"]) * (z > 0) * (scale if right else 1)
    return {"w1": d1.T @ X, "b1": d1.sum(0), "w2": d2 @ h, "b2": np.array([d2.sum()])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
