"""A rectifier takes the smaller of its input and zero, and its slope is that of the larger."""

import numpy as np

SOURCE = "https://github.com/Storterald/neural-network/commit/d422c2d"
THREAD = "Storterald/neural-network d422c2d"
DATE = "2025-04"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 \ge 0],\; a^1 = \min(z^1, 0)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 < 0],\; a^1 = \min(z^1, 0)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}]
SIZES = (3, 5, 2)
NET = None  # a rectifier that is closed above
BLOCKS = ["weights[1]", "bias[1]", "weights[2]", "bias[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((SIZES[1], SIZES[0])),
        rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[2], SIZES[1])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def relu(z):
    return np.minimum(z, 0.0)


def relu_derivative(z):
    return np.where(z >= 0.0, 1.0, 0.0)


def forward(params, X):
    w1, b1, w2, b2 = params
    z = X @ w1.T + b1
    return z, relu(z), relu(z) @ w2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def grad(params, X, Y):
    z, a, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2] * relu_derivative(z)
    return [d1.T @ X, d1.sum(axis=0), d2.T @ a, d2.sum(axis=0)]


def repaired(params, X, Y):
    z, a, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2] * (1.0 - relu_derivative(z))
    return [d1.T @ X, d1.sum(axis=0), d2.T @ a, d2.sum(axis=0)]
