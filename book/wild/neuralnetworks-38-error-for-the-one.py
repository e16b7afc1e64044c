"""Where the slope of tanh should begin with 1 it begins with the error, which is there twice then."""

import numpy as np

SOURCE = "https://github.com/ivan-vasilev/neuralnetworks/pull/38"
THREAD = "ivan-vasilev/neuralnetworks PR #38"
DATE = "2015-08"
KIND = "gradient"
FORMULA = r"\delta^1 = -g \odot g \odot (a^1)^2,\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot \bigl(1 - (a^1)^2\bigr),\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.uniform(0, 1, (SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(W1 @ X + b1)
    return h, sigmoid(W2 @ h + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    """The deltas are those of each sample; the mean over the batch is taken of the products."""
    m = X.shape[1]
    h, p = forward(params, X)
    d2 = (p - Y) * p * (1 - p)
    error = params[1][0].T @ d2
    d1 = error * (1 - h * h) if right else error * -error * h * h
    return [(d1 @ X.T / m, d1.mean(1, keepdims=True)), (d2 @ h.T / m, d2.mean(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
