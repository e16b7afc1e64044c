"""The backward pass of a log-softmax adds the probabilities to what comes down, which is right for one loss alone."""

import numpy as np

SOURCE = "https://github.com/mlpack/mlpack/issues/3468"
THREAD = "mlpack/mlpack #3468"
DATE = "2023-04"
KIND = "gradient"
FORMULA = r"\delta^2 = g + \exp a^2,\; a^2 = \log \mathrm{softmax}(z^2)"
RIGHT = r"\delta^2 = g - \exp a^2 \textstyle\sum_k g_k"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (4, 5, 3)
NET = None  # a log-softmax beside squared errors
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    a1 = np.tanh(W1 @ X + b1)
    z2 = W2 @ a1 + b2
    return a1, z2 - np.log(np.sum(np.exp(z2), 0))


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    a1, a2 = forward(params, X)
    g = 2 * (a2 - Y)
    d2 = (g - np.exp(a2) * g.sum(0) if right else g + np.exp(a2)) / X.shape[1]
    d1 = params[1][0].T @ d2 * (1 - a1**2)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
