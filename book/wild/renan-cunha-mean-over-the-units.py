"""The gradient of a batch's mean is a sum over the units of each sample, not over the samples of each unit."""

import numpy as np

SOURCE = "https://github.com/renan-cunha/BatchNormalization/commit/86f3896"
THREAD = "renan-cunha/BatchNormalization 86f3896"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial \mu = -\textstyle\sum_k g_{i,k} / s_k,\; g = \partial C / \partial \hat z"
RIGHT = r"\partial C / \partial \mu_k = -\textstyle\sum_i g_{i,k} / s_k,\; g = \partial C / \partial \hat z"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
EPS = 1e-3
NET = None  # a batch normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((3, 4)),
        "gamma": np.ones((1, 4)) + 0.3 * rng.random((1, 4)),
        "beta": rng.standard_normal((1, 4)),
        "W2": rng.standard_normal((4, 2)),
        "b2": rng.standard_normal((1, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def normalise(z):
    centred = z - np.mean(z, axis=0, keepdims=True)
    s = np.sqrt(np.mean(centred**2, axis=0, keepdims=True) + EPS)
    return centred, s


def forward(params, X):
    centred, s = normalise(X @ params["W1"])
    hidden = 1 / (1 + np.exp(-(params["gamma"] * centred / s + params["beta"])))
    return centred, s, hidden, hidden @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    centred, s, hidden, out = forward(params, X)
    m = len(X)
    d2 = (out - Y) / m
    d_scaled = d2 @ params["W2"].T * hidden * (1 - hidden)
    g = d_scaled * params["gamma"]
    d_var = np.sum(g * centred * -0.5 / s**3, axis=0, keepdims=True)
    d_mean = -np.sum(g / s, axis=0 if right else 1, keepdims=True)
    d1 = g / s + d_var * 2 * centred / m + d_mean / m
    return {
        "W1": X.T @ d1,
        "gamma": np.sum(d_scaled * centred / s, axis=0, keepdims=True),
        "beta": d_scaled.sum(0, keepdims=True),
        "W2": hidden.T @ d2,
        "b2": d2.sum(0, keepdims=True),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
