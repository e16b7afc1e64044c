"""The numerical gradient is that of the network's output, the analytic one that of the loss."""

import numpy as np

SOURCE = "https://stats.stackexchange.com/questions/188678/numerical-check-of-gradient-in-neural-network"
THREAD = "Cross Validated 188678"
DATE = "2015-12"
KIND = "cost"
FORMULA = r"C = a^1"
RIGHT = r"C = \tfrac12 (a^1 - y)^2"
READ = "discussion"
LAYER = [1]
NAMES = [{"another-cost"}]
# one linear unit, one sample, as in the question
NET = dict(sizes=(2, 1), hidden="identity", output="identity", loss="half_squared")
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    return {"w": rng.standard_normal(2), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal(SAMPLES)


def output(params, X):
    return X @ params["w"] + params["b"]


def cost(params, X, Y):
    """What the check differentiated."""
    return output(params, X)[0]


def meant(params, X, Y):
    return 0.5 * (output(params, X)[0] - Y[0]) ** 2


def grad(params, X, Y):
    """The gradient of the loss, which is right for the loss."""
    d = output(params, X) - Y
    return {"w": d @ X, "b": d}


def repaired(params, X, Y):
    """The gradient of what the check differentiated."""
    return {"w": X[0].copy(), "b": np.ones(1)}
