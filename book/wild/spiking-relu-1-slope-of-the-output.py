"""ReLUs at the output get the delta of linear units, as if none of them were asleep."""

import numpy as np

SOURCE = "https://github.com/dannyneil/spiking_relu_conversion/issues/1"
THREAD = "dannyneil/spiking_relu_conversion #1"
DATE = "2015-03"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = (a^2 - y) \odot [a^2 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = [{"output-slope-forgotten"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="relu", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """No biases."""
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z1 = X @ params[0]
    a1 = z1 * (z1.real > 0)
    z2 = a1 @ params[1]
    return a1, z2 * (z2.real > 0)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    a1, p = forward(params, X)
    d2 = (p - Y) * ((p > 0) if right else 1) / len(X)
    d1 = d2 @ params[1].T * (a1 > 0)
    return [X.T @ d1, a1.T @ d2]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
