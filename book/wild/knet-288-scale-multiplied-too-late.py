"""In a batch normalisation what comes from above is multiplied by the scale after it has been used."""

import numpy as np

SOURCE = "https://github.com/denizyuret/Knet.jl/issues/288"
THREAD = "denizyuret/Knet.jl #288"
DATE = "2018-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial \hat z = g,\; g = \partial C / \partial (\gamma \hat z + \beta)"
RIGHT = r"\partial C / \partial \hat z = \gamma \odot g,\; g = \partial C / \partial (\gamma \hat z + \beta)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
EPS = 1e-3
NET = None  # a batch normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "W[2]", "b[2]"]
SAMPLES = 9
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
    centred = z - z.mean(0, keepdims=True)
    inverse = 1 / np.sqrt(np.mean(centred**2, axis=0, keepdims=True) + EPS)
    h = np.tanh(params["gamma"] * centred * inverse + params["beta"])
    return centred, inverse, h, h @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    centred, inverse, h, out = forward(params, X)
    m = len(X)
    e = (out - Y) / m
    dy = e @ params["W2"].T * (1 - h * h)
    d_gamma, d_beta = np.sum(dy * centred * inverse, axis=0), dy.sum(0)
    scaled = (params["gamma"] * dy if right else dy) * inverse
    d_var = -0.5 * np.sum(scaled * centred * inverse**2, axis=0)
    dz = scaled + 2 * d_var * centred / m - scaled.sum(0) / m
    return {"W1": X.T @ dz, "gamma": d_gamma, "beta": d_beta, "W2": h.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
