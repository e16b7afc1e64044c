"""The vectorised hinge loss has no penalty, and its gradient has one."""

import numpy as np

SOURCE = "https://github.com/0809zheng/CS231n-assignment2019/issues/91"
THREAD = "0809zheng/CS231n-assignment2019 #91"
DATE = "2024-01"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \sum_{j \ne y_i} \max(0, s_{ij} - s_{iy_i} + 1)"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \sum_{j \ne y_i} \max(0, s_{ij} - s_{iy_i} + 1) + \lambda \lVert W \rVert^2"
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # a hinge loss
BLOCKS = ["W[1]"]
SAMPLES = 9
LAM = 0.0

REG = 0.2


def start(rng):
    return rng.standard_normal((4, 3))


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def margins(W, X, Y):
    scores = X @ W
    return (scores - np.sum(scores * Y, 1, keepdims=True) + 1) * (1 - Y)


def cost(params, X, Y):
    m = margins(params, X, Y)
    return np.sum(m * (m.real > 0)) / len(X)


def meant(params, X, Y):
    return cost(params, X, Y) + REG * np.sum(params * params)


def backward(params, X, Y, reg):
    mask = (margins(params, X, Y) > 0) * 1.0
    return X.T @ (mask - Y * mask.sum(1, keepdims=True)) / len(X) + 2 * reg * params


def grad(params, X, Y):
    return backward(params, X, Y, REG)


def repaired(params, X, Y):
    return backward(params, X, Y, 0)
