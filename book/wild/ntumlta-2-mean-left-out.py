"""The gradient of a mean squared error is not divided by the number of samples."""

import numpy as np

SOURCE = "https://github.com/ntumlta2019/hw1/issues/2"
THREAD = "ntumlta2019/hw1 #2"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = -2 X^\top (y - X w)"
RIGHT = r"\partial C / \partial w = -\frac2m X^\top (y - X w)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-missing"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The bias is the first entry."""
    return {"w": rng.standard_normal((4, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def cost(params, X, Y):
    return np.mean((Y - with_ones(X) @ params["w"]) ** 2)


def backward(params, X, Y, right):
    x = with_ones(X)
    return {"w": -2 * x.T @ (Y - x @ params["w"]) / (len(X) if right else 1)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
