"""The leaky ReLU is zero below zero and 0.01 z above, and its slope is 1 above zero and 0.01 below."""

import numpy as np

SOURCE = "https://github.com/BrainJS/brain.js/issues/560"
THREAD = "BrainJS/brain.js #560, PR #613"
DATE = "2020-06"
KIND = "gradient"
FORMULA = (
    r"f(z) = 0.01\, z\, [z > 0],\; \delta^l = (\cdot) \odot \bigl([a^l > 0] + 0.01\, [a^l \le "
    r"0]\bigr)"
)
RIGHT = r"f(z) = 0.01\, z\, [z > 0],\; \delta^l = (\cdot) \odot 0.01\, [z^l > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-network", "slope-of-wrong-function"}]
NET = dict(sizes=(3, 5, 2), hidden="leaky_relu", output="leaky_relu", loss="half_squared")  # as the author meant it
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X.T, Y.T


def function(z):
    return np.where(z.real < 0, 0, 0.01 * z)


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(function(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    z, a = forward(params, X)
    slope = lambda l: np.where(a[l] > 0, *((0.01, 0) if right else (1, 0.01)))
    d2 = (a[2] - Y) * slope(2) / X.shape[1]
    d1 = params[1][0].T @ d2 * slope(1)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a[1].T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
