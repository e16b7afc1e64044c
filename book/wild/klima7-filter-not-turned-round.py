"""The gradient goes down through a convolution with the filter as it is, not turned round."""

import numpy as np

SOURCE = "https://github.com/klima7/CNN-From-Scratch/commit/4b2e75c"
THREAD = "klima7/CNN-From-Scratch 4b2e75c"
DATE = "2022-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial a_j = \textstyle\sum_k w_k\, \delta_{j + k - n},\; z_i = \sum_k w_k\, a_{i + k}"
RIGHT = r"\partial C / \partial a_j = \textstyle\sum_k w_{n - k}\, \delta_{j + k - n},\; z_i = \sum_k w_k\, a_{i + k}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
LENGTH, FILTER = 9, 3
NET = None  # two convolutions
BLOCKS = ["filter[1]", "b[1]", "filter[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {
        "k1": rng.standard_normal(FILTER),
        "b1": rng.standard_normal(1),
        "k2": rng.standard_normal(FILTER),
        "b2": rng.standard_normal(1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, LENGTH)), rng.standard_normal((SAMPLES, LENGTH - 4))


def convolve(rows, kernel):
    """Each row with the filter as it is, in all places where it fits."""
    places = rows.shape[1] - len(kernel) + 1
    return sum(kernel[k] * rows[:, k : k + places] for k in range(len(kernel)))


def forward(params, X):
    hidden = np.tanh(convolve(X, params["k1"]) + params["b1"])
    return hidden, convolve(hidden, params["k2"]) + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def for_filter(rows, delta):
    places = delta.shape[1]
    return np.array([np.sum(delta * rows[:, k : k + places]) for k in range(FILTER)])


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = (out - Y) / len(X)
    padded = np.pad(d2, ((0, 0), (FILTER - 1, FILTER - 1)))
    kernel = np.flip(params["k2"]) if right else params["k2"]
    d1 = convolve(padded, kernel) * (1 - hidden**2)
    return {
        "k1": for_filter(X, d1),
        "b1": np.array([d1.sum()]),
        "k2": for_filter(hidden, d2),
        "b2": np.array([d2.sum()]),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
