"""The backward pass of a log-softmax starts from its own result, which is zero, and not from what comes."""

import numpy as np

SOURCE = "https://github.com/larryniven/autodiff/commit/e4f8cbe"
THREAD = "larryniven/autodiff e4f8cbe"
DATE = "2015-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial z_k = 0 - p_k \textstyle\sum_j g_j,\; p = \mathrm{softmax}\, z,\; g = \partial C "
    r"/ \partial \log p"
)
RIGHT = (
    r"\partial C / \partial z_k = g_k - p_k \textstyle\sum_j g_j,\; p = \mathrm{softmax}\, z,\; g = \partial "
    r"C / \partial \log p"
)
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1.T + b1)
    z = hidden @ W2.T + b2
    return hidden, z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))


def cost(params, X, Y):
    return -np.sum(Y * forward(params, X)[-1]) / len(X)


def backward(params, X, Y, right):
    hidden, log_p = forward(params, X)
    g = -Y / len(X)
    d2 = (g if right else 0) - np.exp(log_p) * g.sum(1, keepdims=True)
    d1 = d2 @ params[1][0] * (1 - hidden**2)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ hidden, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
