"""The Jacobian of the leaky ReLU is that of the ReLU."""

import numpy as np

SOURCE = "https://github.com/MachineLearningLifeScience/stochman/issues/10"
THREAD = "MachineLearningLifeScience/stochman #10, PR #13"
DATE = "2021-11"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] + 0.01\, [z^1 \le 0]\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}]
NET = dict(sizes=(2, 5, 3), hidden="leaky_relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def leaky(z):
    return np.where(z.real > 0, z, 0.01 * z)


def start(rng):
    return [rng.standard_normal(shape) for shape in ((5, 2), 5, (3, 5), 3)]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    return z, leaky(z), leaky(z) @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[2] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * np.where(z > 0, 1, 0.01 if right else 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
