"""The gradient of a Huber loss is divided by the samples twice, and is one where it should be the threshold."""

import numpy as np

SOURCE = "https://github.com/borgwang/tinynn/commit/cbe1585"
THREAD = "borgwang/tinynn cbe1585"
DATE = "2021-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a = \tfrac{1}{m^2}\, e\ \text{where}\ \vert e \vert < d,\; "
    r"\tfrac{1}{m^2}\, \mathrm{sign}\, e\ \text{elsewhere},\; e = a - y"
)
RIGHT = (
    r"\partial C / \partial a = \tfrac1m\, e\ \text{where}\ \vert e \vert < d,\; "
    r"\tfrac1m\, d\, \mathrm{sign}\, e\ \text{elsewhere},\; e = a - y"
)
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
DELTA = 0.6
SIZES = (3, 4, 2)
NET = None  # a Huber loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((3, 4)),
        "b1": rng.standard_normal(4),
        "w2": rng.standard_normal((4, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    hidden = np.tanh(X @ params["w1"] + params["b1"])
    return hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    e = forward(params, X)[1] - Y
    near = abs(e.real) < DELTA
    modulus = e * np.sign(e.real)
    return np.sum(np.where(near, 0.5 * e * e, DELTA * modulus - 0.5 * DELTA**2)) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    e, m = out - Y, len(X)
    far = np.sign(e) * DELTA if right else np.sign(e) / m
    near = e if right else e / m
    d2 = np.where(abs(e) < DELTA, near, far) / m
    d1 = d2 @ params["w2"].T * (1 - hidden**2)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
