"""The numerator of the slope of the mish lacks one of its four terms."""

import numpy as np

SOURCE = "https://github.com/explosion/thinc/pull/578"
THREAD = "explosion/thinc PR #578"
DATE = "2022-01"
KIND = "gradient"
FORMULA = (
    r"f'(z) = e^z \omega / \delta^2,\; \omega = 4 (z + 1) + 4 e^{2z} + e^z (4 z + 6),\; \delta = 2 e^z + "
    r"e^{2z} + 2"
)
RIGHT = r"f'(z) = e^z \omega / \delta^2,\; \omega = 4 (z + 1) + 4 e^{2z} + e^{3z} + e^z (4 z + 6)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 3)
NET = None  # a mish
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def mish(z):
    return z * np.tanh(np.log(1 + np.exp(z)))


def backprop_mish(dY, z, right):
    omega = 4 * (z + 1) + 4 * np.exp(2 * z) + np.exp(z) * (4 * z + 6)
    if right:
        omega = omega + np.exp(3 * z)
    delta = 2 * np.exp(z) + np.exp(2 * z) + 2
    return dY * np.exp(z) * omega / delta**2


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    logits = mish(z) @ W2 + b2
    return z, np.exp(logits) / np.sum(np.exp(logits), axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    z, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = backprop_mish(d2 @ params[1][0].T, z, right)
    return [(X.T @ d1, d1.sum(0)), (mish(z).T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
