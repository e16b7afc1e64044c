"""A table of derivatives gives an average pooling the derivative of the pooling by the largest."""

import numpy as np

SOURCE = "https://github.com/PaulOberg1/cnn-from-scratch/commit/401f7ec"
THREAD = "PaulOberg1/cnn-from-scratch 401f7ec"
DATE = "2024-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial u_j = g\, [u_j = \textstyle\max_k u_k],\; p = \tfrac1n \sum_k u_k,\; g = \partial "
    r"C / \partial p"
)
RIGHT = r"\partial C / \partial u_j = \tfrac1n\, g,\; p = \tfrac1n \textstyle\sum_k u_k,\; g = \partial C / \partial p"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
FILTER, POOL, WINDOWS = 3, 2, 3
NET = None  # a convolution and a pooling
BLOCKS = ["kernel[1]", "bias[1]", "v[2]", "c[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "kernel": rng.standard_normal(FILTER),
        "bias": rng.standard_normal(1),
        "v": rng.standard_normal((WINDOWS, 2)),
        "c": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, WINDOWS * POOL + FILTER - 1)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    places = [X[:, k : k + WINDOWS * POOL] for k in range(FILTER)]
    a = np.tanh(sum(w * place for w, place in zip(params["kernel"], places)) + params["bias"])
    windows = a.reshape(len(X), WINDOWS, POOL)
    pooled = windows.mean(2)
    return places, windows, pooled, pooled @ params["v"] + params["c"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    places, windows, pooled, out = forward(params, X)
    e = (out - Y) / len(X)
    g = (e @ params["v"].T)[:, :, None]
    shares = np.full_like(windows, 1 / POOL) if right else windows == windows.max(2, keepdims=True)
    delta = (g * shares * (1 - windows**2)).reshape(len(X), -1)
    kernel = np.array([np.sum(delta * place) for place in places])
    return {"kernel": kernel, "bias": np.array([delta.sum()]), "v": pooled.T @ e, "c": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
