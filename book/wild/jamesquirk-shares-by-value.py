"""A mean pooling hands its gradient down in proportion to the values, not in equal parts."""

import numpy as np

SOURCE = "https://github.com/JamesQuirk/CNN-From-Scratch/commit/eb3adb6"
THREAD = "JamesQuirk/CNN-From-Scratch eb3adb6"
DATE = "2021-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial u_j = g\, u_j / \textstyle\sum_k u_k,\; p = \tfrac1n \sum_k u_k"
RIGHT = r"\partial C / \partial u_j = g / n,\; p = \tfrac1n \textstyle\sum_k u_k"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
WINDOW, WINDOWS = 2, 3
NET = None  # a convolution and a mean pooling
BLOCKS = ["filter[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal(3), rng.standard_normal(1), rng.standard_normal((WINDOWS, 2)), rng.standard_normal(2)]


def data(rng):
    """A sample is a row of eight numbers, in which the filter has six places."""
    return rng.standard_normal((SAMPLES, WINDOW * WINDOWS + 2)), rng.standard_normal((SAMPLES, 2))


def patches(X):
    return np.stack([X[:, i : i + 3] for i in range(WINDOW * WINDOWS)], axis=1)


def forward(params, X):
    kernel, bias, W, b = params
    maps = 1 / (1 + np.exp(-(patches(X) @ kernel + bias)))
    pooled = maps.reshape(len(X), WINDOWS, WINDOW).mean(axis=2)
    return maps, pooled, pooled @ W + b


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    maps, pooled, out = forward(params, X)
    e = (out - Y) / len(X)
    windows = maps.reshape(len(X), WINDOWS, WINDOW)
    shares = np.full_like(windows, 1 / WINDOW) if right else windows / windows.sum(axis=2, keepdims=True)
    below = ((e @ params[2].T)[:, :, None] * shares).reshape(maps.shape)
    delta = below * maps * (1 - maps)
    return [np.einsum("ij,ijk->k", delta, patches(X)), np.array([delta.sum()]), pooled.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
