"""A viewer asks why the intercept of a ridge regression is differentiated in another way: it has no penalty."""

import numpy as np

SOURCE = "https://github.com/wiqaaas/youtube/issues/1"
THREAD = "wiqaaas/youtube #1"
DATE = "2021-06"
KIND = "right"
FORMULA = (
    r"\partial C / \partial b = 2 \textstyle\sum_i e_i,\; "
    r"\partial C / \partial w = 2 \sum_i e_i x_i + 2 \lambda w"
)
RIGHT = r"C = \textstyle\sum_i e_i^2 + \lambda w \cdot w"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0

RIDGE = 0.2


def start(rng):
    return {"w": rng.standard_normal((3, 1)), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def cost(params, X, Y):
    return np.sum((X @ params["w"] + params["b"] - Y) ** 2) + RIDGE * np.sum(params["w"] ** 2)


def backward(params, X, Y):
    e = X @ params["w"] + params["b"] - Y
    return {"w": 2 * X.T @ e + 2 * RIDGE * params["w"], "b": 2 * e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
