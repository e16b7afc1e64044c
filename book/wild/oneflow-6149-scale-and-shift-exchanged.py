"""A layer normalisation gives the gradient of its scale to its shift, and that of its shift to its scale."""

import numpy as np

SOURCE = "https://github.com/Oneflow-Inc/oneflow/pull/6149"
THREAD = "Oneflow-Inc/oneflow PR #6149"
DATE = "2021-09"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \gamma = \textstyle\sum_i g_i,\; \partial C / \partial \beta = \textstyle\sum_i "
    r"g_i \odot \hat z_i"
)
RIGHT = (
    r"\partial C / \partial \gamma = \textstyle\sum_i g_i \odot \hat z_i,\; \partial C / \partial \beta = "
    r"\textstyle\sum_i g_i"
)
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"order"}]
SIZES = (3, 5, 2)
EPS = 1e-3
NET = None  # a layer normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((3, 5)),
        "gamma": rng.uniform(0.5, 2, 5),
        "beta": rng.standard_normal(5),
        "W2": rng.standard_normal((5, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["W1"]
    centred = z - z.mean(1, keepdims=True)
    inverse = 1 / np.sqrt(np.mean(centred**2, axis=1, keepdims=True) + EPS)
    h = np.tanh(params["gamma"] * centred * inverse + params["beta"])
    return centred, inverse, h, h @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    centred, inverse, h, out = forward(params, X)
    e = (out - Y) / len(X)
    dy = e @ params["W2"].T * (1 - h * h)
    hat = centred * inverse
    scaled = params["gamma"] * dy
    dz = scaled - scaled.mean(1, keepdims=True) - hat * np.mean(scaled * hat, axis=1, keepdims=True)
    pair = np.sum(dy * hat, axis=0), dy.sum(0)
    d_gamma, d_beta = pair if right else pair[::-1]
    return {"W1": X.T @ (dz * inverse), "gamma": d_gamma, "beta": d_beta, "W2": h.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
