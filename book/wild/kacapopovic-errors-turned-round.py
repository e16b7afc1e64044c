"""The gradient of a filter is a convolution of inputs and errors, so that the errors are turned round."""

import numpy as np

SOURCE = "https://github.com/KacaPopovic/CNN-from-scratch/commit/229eba9"
THREAD = "KacaPopovic/CNN-from-scratch 229eba9"
DATE = "2023-12"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w_k = \textstyle\sum_i \delta_{n+1-i}\, x_{i+k},\; z_i = \sum_k w_k\, x_{i+k} + "
    r"b,\; i = 1, \dots, n"
)
RIGHT = (
    r"\partial C / \partial w_k = \textstyle\sum_i \delta_i\, x_{i+k},\; z_i = \sum_k w_k\, x_{i+k} + b,\; i "
    r"= 1, \dots, n"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
LENGTH, FILTER, FILTERS = 5, 3, 2
NET = None  # a convolution
BLOCKS = ["filters[1]", "biases[1]", "V[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Filters and biases, and the layer above with its biases in the last row."""
    return [
        rng.standard_normal((FILTERS, FILTER)),
        rng.standard_normal(FILTERS),
        rng.standard_normal((FILTERS * LENGTH + 1, 2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, LENGTH)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    """Zeros stand beyond both ends."""
    padded = np.pad(X, ((0, 0), (FILTER // 2, FILTER // 2)))
    places = np.stack([padded[:, k : k + LENGTH] for k in range(FILTER)])
    a = np.maximum(np.einsum("fk,kmi->mfi", params[0], places) + params[1][:, None], 0)
    seen = np.hstack([a.reshape(len(X), -1), np.ones((len(X), 1))])
    e = np.exp(seen @ params[2])
    return places, a, seen, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1]))


def backward(params, X, Y, right):
    places, a, seen, out = forward(params, X)
    e = out - Y
    delta = (e @ params[2][:-1].T).reshape(a.shape) * (a > 0)
    filters = np.einsum("mfi,kmi->fk", delta if right else delta[:, :, ::-1], places)
    return [filters, delta.sum((0, 2)), seen.T @ e]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
