"""The backward pass of a hard sigmoid returns its slope, and forgets to multiply it by what comes from above."""

import numpy as np

SOURCE = "https://github.com/sony/nnabla/pull/457"
THREAD = "sony/nnabla PR #457"
DATE = "2019-06"
KIND = "gradient"
FORMULA = r"\delta^1 = 0.2\, [\vert z^1 \vert \le 2.5]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot 0.2\, [\vert z^1 \vert \le 2.5]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (4, 5, 2)
NET = None  # a hard sigmoid
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "affine1": {"W": 1.5 * rng.standard_normal((4, 5)), "b": rng.standard_normal(5)},
        "affine2": {"W": rng.standard_normal((5, 2)), "b": rng.standard_normal(2)},
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    x = X @ params["affine1"]["W"] + params["affine1"]["b"]
    y = np.where(x.real > 2.5, 1, np.where(x.real < -2.5, 0, 0.2 * x + 0.5))
    return x, y, y @ params["affine2"]["W"] + params["affine2"]["b"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    x, y, p = forward(params, X)
    d2 = (p - Y) / len(X)
    dy = d2 @ params["affine2"]["W"].T
    d1 = np.where(abs(x) <= 2.5, 0.2 * (dy if right else 1), 0)
    return {"affine1": {"W": X.T @ d1, "b": d1.sum(0)}, "affine2": {"W": y.T @ d2, "b": d2.sum(0)}}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
