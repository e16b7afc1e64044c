"""A softmax has no exponentials, and its gradient is the diagonal of the one that has them."""

import numpy as np

SOURCE = "https://github.com/renan-cunha/BatchNormalization/commit/434079a"
THREAD = "renan-cunha/BatchNormalization 434079a"
DATE = "2022-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial z_k = g_k\, p_k (1 - p_k),\; p_k = z_k / \textstyle\sum_j z_j"
RIGHT = r"\partial C / \partial z_k = (g_k - \textstyle\sum_j g_j p_j) / \textstyle\sum_j z_j,\; p_k = z_k / \sum_j z_j"
READ = "code"
GROUP = "softmax"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 3)
NET = None  # a share of a sum
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((3, 4)),
        "b1": rng.standard_normal((1, 4)),
        "W2": rng.standard_normal((4, 3)),
        "b2": rng.standard_normal((1, 3)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    """What is divided by its sum comes from a sigmoid, and is positive."""
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    z = sigmoid(hidden @ params["W2"] + params["b2"])
    return hidden, z, z / z.sum(1, keepdims=True)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    hidden, z, p = forward(params, X)
    g = (p - Y) / (p - p**2)
    if right:
        d_z = (g - np.sum(g * p, axis=1, keepdims=True)) / z.sum(1, keepdims=True)
    else:
        d_z = g * p * (1 - p)
    d2 = d_z * z * (1 - z)
    d1 = d2 @ params["W2"].T * hidden * (1 - hidden)
    return {"W1": X.T @ d1, "b1": d1.sum(0, keepdims=True), "W2": hidden.T @ d2, "b2": d2.sum(0, keepdims=True)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
