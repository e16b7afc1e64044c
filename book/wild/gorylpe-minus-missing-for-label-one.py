"""The derivative of a binary cross entropy has no minus where the label is one."""

import numpy as np

SOURCE = "https://github.com/gorylpe/Neural-Network-from-scratch/commit/5ebdac2"
THREAD = "gorylpe/Neural-Network-from-scratch 5ebdac2"
DATE = "2025-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = \frac{1}{1 - a}\ \text{where}\ y = 0,\; \frac{1}{a}\ \text{where}\ y = 1"
RIGHT = r"\partial C / \partial a = \frac{1}{1 - a}\ \text{where}\ y = 0,\; -\frac{1}{a}\ \text{where}\ y = 1"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """Both labels are there."""
    return rng.standard_normal((SAMPLES, SIZES[0])), (np.arange(SAMPLES) % 2).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = sigmoid(X @ W1.T + b1)
    return hidden, sigmoid(hidden @ W2.T + b2)


def cost(params, X, Y):
    a = forward(params, X)[1][:, 0]
    return np.mean(np.where(Y == 1, -np.log(a), -np.log(1 - a)))


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    ones = Y[:, None] == 1
    slope = np.where(ones, (-1 if right else 1) / a, 1 / (1 - a)) / len(X)
    d2 = slope * a * (1 - a)
    d1 = d2 @ params[1][0] * hidden * (1 - hidden)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ hidden, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
