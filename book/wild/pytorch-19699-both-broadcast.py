"""Predictions (m, 1) minus targets (m,) make an m by m table, in the cost and in its gradient alike."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/19699"
THREAD = "pytorch/pytorch #19699"
DATE = "2019-04"
KIND = "cost"
FORMULA = r"C = \frac{1}{m^2} \sum_i \sum_j (a^2_i - y_j)^2"
RIGHT = r"C = \frac1m \sum_i (a^2_i - y_i)^2"
READ = "discussion"
LAYER = [2]
NAMES = [{"another-cost"}]
NET = dict(sizes=(3, 5, 1), hidden="tanh", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in ((3, 5), (5, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)  # the targets are a vector


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    return h, h @ W2 + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[1] - Y) ** 2)


def meant(params, X, Y):
    return np.mean((forward(params, X)[1] - Y[:, None]) ** 2)


def grad(params, X, Y):
    """The gradient of the cost as it is, over all pairs of predictions and targets."""
    h, p = forward(params, X)
    d2 = 2 * (p - Y).sum(1, keepdims=True) / len(X) ** 2
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


repaired = grad
