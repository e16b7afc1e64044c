"""Right, though reported as lacking the sigmoid's slope: with the cross-entropy the output's delta is a - y."""

import numpy as np

SOURCE = "https://github.com/mnielsen/neural-networks-and-deep-learning/pull/77"
THREAD = "mnielsen/neural-networks-and-deep-learning PR #77, #45"
DATE = "2017-10"
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = g \odot \sigma'(z^2),\; g = (a^2 - y) / \bigl(a^2 (1 - a^2)\bigr)"
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """All biases, then all weights, as the book's program keeps them."""
    sizes = NET["sizes"]
    weights = [rng.standard_normal((k, n)) for n, k in zip(sizes, sizes[1:])]
    return [rng.standard_normal((k, 1)) for k in sizes[1:]], weights


def data(rng):
    return rng.standard_normal((4, SAMPLES)), np.eye(3)[:, rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    activations = [X]
    for b, w in zip(*params):
        activations.append(sigmoid(w @ activations[-1] + b))
    return activations


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def grad(params, X, Y):
    a, m = forward(params, X), X.shape[1]
    biases, weights = params
    delta = a[-1] - Y
    nabla_b, nabla_w = [], []
    for l in (2, 1):
        nabla_b.insert(0, delta.sum(1, keepdims=True) / m)
        nabla_w.insert(0, delta @ a[l - 1].T / m)
        delta = weights[l - 1].T @ delta * a[l - 1] * (1 - a[l - 1])
    return nabla_b, nabla_w


repaired = grad
