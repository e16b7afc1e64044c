"""A repair gives the slope of a leaky ReLU a minus where its input is negative."""

import numpy as np

SOURCE = "https://github.com/RoboticsClubIITJ/ML-DL-implementation/pull/126"
THREAD = "RoboticsClubIITJ/ML-DL-implementation PR #126"
DATE = "2021-02"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] - 0.01\, [z^1 < 0]\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] + 0.01\, [z^1 < 0]\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="leaky_relu", output="identity", loss="half_squared")
SAMPLES = 9
LAM = 0.0


ALPHA = 0.01


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = np.where(z.real > 0, z, ALPHA * z)
    return z, h, h @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    dx = np.greater(z, 0).astype(float)
    dx[z < 0] = ALPHA if right else -ALPHA
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * dx
    return [(X.T @ d1, d1.sum(0, keepdims=True)), (h.T @ d2, d2.sum(0, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
