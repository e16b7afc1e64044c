"""Encoder and decoder of an autoencoder have the same weights, whose gradient is that of the encoder alone."""

import numpy as np

SOURCE = "https://github.com/ynd/cae.py/pull/4"
THREAD = "ynd/cae.py PR #4"
DATE = "2012-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = \tfrac1m X^\top \delta^1,\; a^2 = \sigma(a^1 W^\top + b)"
RIGHT = (
    r"\partial C / \partial W = \tfrac1m X^\top \delta^1 + \tfrac1m (\delta^2)^\top a^1,\; a^2 = "
    r"\sigma(a^1 W^\top + b)"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (4, 3, 4)
NET = None  # two layers with the same weights
BLOCKS = ["W[1]", "c[1]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"W": rng.standard_normal((4, 3)), "c": rng.standard_normal(3), "b": rng.standard_normal(4)}


def data(rng):
    """The inputs are the targets."""
    x = rng.uniform(0.1, 0.9, (SAMPLES, SIZES[0]))
    return x, x.copy()


def encode(params, x):
    return sigmoid(x @ params["W"] + params["c"])


def decode(params, h):
    return sigmoid(h @ params["W"].T + params["b"])


def cost(params, X, Y):
    z = decode(params, encode(params, X))
    return -np.sum(Y * np.log(z) + (1 - Y) * np.log(1 - z)) / len(X)


def backward(params, X, Y, right):
    h = encode(params, X)
    r = decode(params, h)
    od = r * (1 - r) * -(Y / r - (1 - Y) / (1 - r)) / len(X)
    oe = h * (1 - h) * (od @ params["W"])
    g_w = X.T @ oe
    if right:
        g_w = g_w + od.T @ h
    return {"W": g_w, "c": oe.sum(0), "b": od.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
