"""A reader would divide the gradient of the weights by the number of the layer's units."""

import numpy as np

SOURCE = "https://github.com/eriklindernoren/ML-From-Scratch/issues/76"
THREAD = "eriklindernoren/ML-From-Scratch #76"
DATE = "2020-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \frac{1}{n_l} \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
SIZES = (3, 5, 2)
NET = None  # a leaky ReLU with 0.2
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        params[f"W{l}"], params[f"b{l}"] = rng.standard_normal((n, k)), rng.standard_normal(k)
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.where(z1.real > 0, z1, 0.2 * z1)
    return z1, a1, a1 @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["W2"].T * np.where(z1 > 0, 1, 0.2)
    units = (lambda d: 1) if right else (lambda d: d.shape[1])
    return {"W1": X.T @ d1 / units(d1), "b1": d1.sum(0), "W2": a1.T @ d2 / units(d2), "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
