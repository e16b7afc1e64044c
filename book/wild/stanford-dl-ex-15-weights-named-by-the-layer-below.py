"""A reader misses the layer's own error in a gradient whose weights are numbered by the layer that they leave."""

import numpy as np

SOURCE = "https://github.com/amaas/stanford_dl_ex/issues/15"
THREAD = "amaas/stanford_dl_ex #15"
DATE = "2015-05"
KIND = "right"
FORMULA = r"\nabla_{W^{(l)}} = \delta^{(l+1)} (a^{(l)})^\top,\; z^{(l+1)} = W^{(l)} a^{(l)} + b^{(l)}"
RIGHT = r"\partial C / \partial W^{l+1} = \delta^{l+1} (a^l)^\top"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(0)


def start(rng):
    """By the number of the layer that they leave, from 1."""
    pairs = list(zip(SIZES, SIZES[1:]))
    return {
        "W": {l: rng.standard_normal((k, n)) for l, (n, k) in enumerate(pairs, 1)},
        "b": {l: rng.standard_normal((k, 1)) for l, (n, k) in enumerate(pairs, 1)},
    }


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)].T


def forward(params, X):
    a = {1: X}
    for l in (1, 2):
        z = params["W"][l] @ a[l] + params["b"][l]
        a[l + 1] = sigmoid(z) if l == 1 else softmax(z)
    return a


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[3])) / X.shape[1]


def backward(params, X, Y):
    a = forward(params, X)
    delta = {3: (a[3] - Y) / X.shape[1]}
    delta[2] = params["W"][2].T @ delta[3] * a[2] * (1 - a[2])
    return {
        "W": {l: delta[l + 1] @ a[l].T for l in (1, 2)},
        "b": {l: delta[l + 1].sum(1, keepdims=True) for l in (1, 2)},
    }


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
