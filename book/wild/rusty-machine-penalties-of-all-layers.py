"""Each layer gets the penalties of all layers, which a loop adds up where the layer's own should stand."""

import numpy as np

SOURCE = "https://github.com/AtheMathmo/rusty-machine/commit/6b2041674984471bc41dd46ff2c34a93e9f2e747"
THREAD = "AtheMathmo/rusty-machine 6b20416"
DATE = "2016-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = (\cdot) + \tfrac{\lambda}{m} (W^1 + W^2)"
RIGHT = r"\partial C / \partial W^l = (\cdot) + \tfrac{\lambda}{m} W^l"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 3, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.6


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """The biases are the first column; the layers are of one size, else the sum would fail."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def with_ones(a):
    return np.c_[np.ones(len(a)), a]


def forward(params, X):
    h = sigmoid(with_ones(X) @ params[0].T)
    return h, sigmoid(with_ones(h) @ params[1].T)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    penalty = LAM / 2 * sum(np.sum(W[:, 1:] ** 2) for W in params)
    return (penalty - np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p))) / len(X)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = p - Y
    d1 = d2 @ params[1][:, 1:] * h * (1 - h)
    grads = [d1.T @ with_ones(X), d2.T @ with_ones(h)]
    for layer, g in enumerate(grads):
        for i in [layer] if right else range(len(params)):
            g[:, 1:] += LAM * params[i][:, 1:]
    return [g / len(X) for g in grads]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
