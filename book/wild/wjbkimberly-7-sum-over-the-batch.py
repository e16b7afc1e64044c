"""A reader would take the mean over the batch for a scale's gradient, since the sum grows with the batch."""

import numpy as np

SOURCE = "https://github.com/wjbKimberly/cs231n_spring_2017_assignment/issues/7"
THREAD = "wjbKimberly/cs231n_spring_2017_assignment #7"
DATE = "2019-06"
KIND = "right"
FORMULA = r"\partial C / \partial \gamma = \textstyle\sum_i g_i \odot \hat x_i,\; g_i = \partial C / \partial y_i"
RIGHT = r"\partial C / \partial \gamma,\; \tfrac1m \textstyle\sum_i g_i \odot \hat x_i\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
INPUTS, UNITS, CLASSES = 3, 4, 3
NET = None  # a batch normalisation
BLOCKS = ["W1[1]", "gamma[1]", "beta[1]", "W2[2]", "b2[2]"]
SAMPLES = 8
LAM = 0.0

EPS = 1e-5


def start(rng):
    return {
        "W1": rng.standard_normal((INPUTS, UNITS)),
        "gamma": rng.uniform(0.5, 1.5, UNITS),
        "beta": rng.standard_normal(UNITS),
        "W2": rng.standard_normal((UNITS, CLASSES)),
        "b2": rng.standard_normal(CLASSES),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.integers(0, CLASSES, SAMPLES)


def batchnorm_forward(x, gamma, beta):
    centred = x - x.mean(axis=0)
    std = np.sqrt(np.mean(centred**2, axis=0) + EPS)
    x_ = centred / std
    return gamma * x_ + beta, (x_, std, gamma)


def batchnorm_backward(dy, cache):
    x_, std, gamma = cache
    dbeta = np.sum(dy, axis=0)
    dgamma = np.sum(dy * x_, axis=0)
    dx_ = dy * gamma
    dx = (dx_ - dx_.mean(axis=0) - x_ * np.mean(dx_ * x_, axis=0)) / std
    return dx, dgamma, dbeta


def scores(params, X):
    out, cache = batchnorm_forward(X @ params["W1"], params["gamma"], params["beta"])
    hidden = np.tanh(out)
    return hidden @ params["W2"] + params["b2"], hidden, cache


def cost(params, X, labels):
    s = scores(params, X)[0]
    return np.mean(np.log(np.sum(np.exp(s), axis=1)) - s[np.arange(len(X)), labels])


def grad(params, X, labels):
    s, hidden, cache = scores(params, X)
    dscores = np.exp(s) / np.sum(np.exp(s), axis=1, keepdims=True)
    dscores[np.arange(len(X)), labels] -= 1
    dscores /= len(X)
    dy = dscores @ params["W2"].T * (1 - hidden**2)
    dx, dgamma, dbeta = batchnorm_backward(dy, cache)
    return {"W1": X.T @ dx, "gamma": dgamma, "beta": dbeta, "W2": hidden.T @ dscores, "b2": dscores.sum(axis=0)}


repaired = grad
