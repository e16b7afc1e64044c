"""The gradient of a maximum goes to all numbers that are not the maximum."""

import numpy as np

SOURCE = "https://github.com/twitter-archive/torch-autograd/commit/65bde94"
THREAD = "twitter-archive/torch-autograd 65bde94"
DATE = "2016-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial u_j = g\, [u_j \ne p],\; p = \max_k u_k"
RIGHT = r"\partial C / \partial u_j = g\, [u_j = p],\; p = \max_k u_k"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
WINDOWS, WINDOW = 3, 2
NET = None  # a largest number of each window
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    units = WINDOWS * WINDOW
    return [
        rng.standard_normal((3, units)),
        rng.standard_normal(units),
        rng.standard_normal((WINDOWS, 2)),
        rng.standard_normal(2),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    W, b, V, c = params
    windows = np.tanh(X @ W + b).reshape(len(X), WINDOWS, WINDOW)
    largest = np.take_along_axis(windows, windows.real.argmax(2)[:, :, None], axis=2)
    return windows, largest, largest[:, :, 0] @ V + c


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    windows, largest, out = forward(params, X)
    e = (out - Y) / len(X)
    mask = windows == largest if right else windows != largest
    sent = (e @ params[2].T)[:, :, None] * mask * (1 - windows**2)
    delta = sent.reshape(len(X), -1)
    return [X.T @ delta, delta.sum(0), largest[:, :, 0].T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
