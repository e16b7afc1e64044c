"""The slope of the logarithm of a sigmoid is taken at its output."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/pull/20372"
THREAD = "apache/mxnet #20371, PR #20372"
DATE = "2021-06"
KIND = "gradient"
FORMULA = r"f'(s) = \sigma(-f(s)),\; f(s) = \log \sigma(s),\; s = (2 y - 1)\, z"
RIGHT = r"f'(s) = \sigma(-s),\; f(s) = \log \sigma(s),\; s = (2 y - 1)\, z"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 1), output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"w": rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def margins(params, X, Y):
    return (2 * Y - 1) * (X @ params["w"] + params["b"])


def log_sigmoid(s):
    return -np.log(1 + np.exp(-s))


def cost(params, X, Y):
    return -np.sum(log_sigmoid(margins(params, X, Y))) / len(X)


def backward(params, X, Y, right):
    s = margins(params, X, Y)
    at = s if right else log_sigmoid(s)
    slopes = -(2 * Y - 1) / (1 + np.exp(at)) / len(X)
    return {"w": slopes @ X, "b": np.array([slopes.sum()])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
