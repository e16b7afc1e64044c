"""The cost is the squared error without a half, and its gradient lacks the factor 2."""

import numpy as np

SOURCE = "https://github.com/iamtrask/Grokking-Deep-Learning/issues/41"
THREAD = "iamtrask/Grokking-Deep-Learning #41"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\delta^1 = a^1 - y"
RIGHT = r"\delta^1 = 2\,(a^1 - y)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"two-missing"}]
NET = dict(sizes=(4, 1), hidden="identity", output="identity", loss="mse")  # one linear unit without a bias
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal(4)]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal(SAMPLES)


def cost(params, X, Y):
    return np.sum((X @ params[0] - Y) ** 2) / SAMPLES


def grad(params, X, Y):
    delta = X @ params[0] - Y
    return [delta @ X / SAMPLES]


def repaired(params, X, Y):
    delta = 2 * (X @ params[0] - Y)
    return [delta @ X / SAMPLES]
