"""The bias of the output layer gets a mean over the samples where all else gets a sum."""

import numpy as np

SOURCE = "https://github.com/Joaomlg/neural-network-from-scratch/commit/e6fe5ba"
THREAD = "Joaomlg/neural-network-from-scratch e6fe5ba"
DATE = "2021-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^2 = \tfrac1N \sum_i \delta^2_i"
RIGHT = r"\partial C / \partial b^2 = \sum_i \delta^2_i"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"factor"}, {"mean-twice"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(-1, 1, (SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    return h, np.tanh(h @ W2 + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, out = forward(params, X)
    d2 = (out - Y) * (1 - out**2) / len(X)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0) if right else d2.mean(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
