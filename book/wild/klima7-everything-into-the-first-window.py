"""The gradients of a largest-value pooling are written into the first window, whichever they come from."""

import numpy as np

SOURCE = "https://github.com/klima7/CNN-From-Scratch/commit/9ce8a5f"
THREAD = "klima7/CNN-From-Scratch 9ce8a5f"
DATE = "2022-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial u_j = g_i,\; j = \mathrm{argmax}_k\, u_{n i + k}"
RIGHT = r"\partial C / \partial u_{n i + j} = g_i,\; j = \mathrm{argmax}_k\, u_{n i + k}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
WINDOW, WINDOWS = 2, 3
NET = None  # a pooling
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    units = WINDOW * WINDOWS
    return [
        rng.standard_normal((3, units)),
        rng.standard_normal(units),
        rng.standard_normal((WINDOWS, 2)),
        rng.standard_normal(2),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    """The units of the first layer, the place of the largest of each window, and the output."""
    W1, b1, W2, b2 = params
    u = np.tanh(X @ W1 + b1)
    windows = u.reshape(len(X), WINDOWS, WINDOW)
    places = np.argmax(windows.real, axis=2)
    pooled = np.take_along_axis(windows, places[:, :, None], axis=2)[:, :, 0]
    return u, places, pooled, pooled @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    u, places, pooled, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params[2].T
    below = np.zeros_like(u)
    for i in range(WINDOWS):
        below[np.arange(len(X)), places[:, i] + (WINDOW * i if right else 0)] = g[:, i]
    d1 = below * (1 - u**2)
    return [X.T @ d1, d1.sum(0), pooled.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
