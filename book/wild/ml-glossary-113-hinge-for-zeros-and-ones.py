"""A repaired hinge loss for labels zero and one has the output's signs exchanged and no margin for zero."""

import numpy as np

SOURCE = "https://github.com/bfortuner/ml-glossary/pull/113"
THREAD = "bfortuner/ml-glossary PR #113"
DATE = "2020-12"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \max\bigl(0, y_i - (1 - 2 y_i)\, a_i\bigr)"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \max\bigl(0, 1 + (1 - 2 y_i)\, a_i\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a hinge loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    return {"w": rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def output(params, X):
    return X @ params["w"] + params["b"]


def hinge(s):
    return np.sum(s * (s.real > 0)) / len(s)


def cost(params, X, Y):
    return hinge(Y - (1 - 2 * Y) * output(params, X))


def meant(params, X, Y):
    return hinge(1 + (1 - 2 * Y) * output(params, X))


def backward(X, slopes):
    return {"w": slopes @ X / len(X), "b": np.array([slopes.mean()])}


def grad(params, X, Y):
    """That of the loss which was meant; the program has none."""
    signs = 1 - 2 * Y
    return backward(X, signs * (1 + signs * output(params, X) > 0))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    signs = 1 - 2 * Y
    return backward(X, -signs * (Y - signs * output(params, X) > 0))
