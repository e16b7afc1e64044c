"""The slope of a ramp is one everywhere, also beyond its two corners, where the ramp is flat."""

import numpy as np

SOURCE = "https://github.com/jeffheaton/encog-dotnet-core/pull/111"
THREAD = "jeffheaton/encog-dotnet-core PR #111"
DATE = "2017-10"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [-1 \le z^1 \le 1]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}]
SIZES = (3, 5, 2)
NET = None  # a ramp
BLOCKS = ["Theta[1]", "Theta[2]"]
SAMPLES = 7
LAM = 0.0

HIGH, LOW = 1.0, -1.0


def start(rng):
    """The biases are the last columns."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def with_ones(a):
    return np.hstack([a, np.ones((len(a), 1))])


def forward(params, X):
    x = with_ones(X) @ params[0].T
    y = np.where(x.real < LOW, LOW, np.where(x.real > HIGH, HIGH, x))
    return x, y, with_ones(y) @ params[1].T


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    x, y, p = forward(params, X)
    d2 = (p - Y) / len(X)
    slope = (x >= LOW) & (x <= HIGH) if right else 1.0
    d1 = d2 @ params[1][:, :-1] * slope
    return [d1.T @ with_ones(X), d2.T @ with_ones(y)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
