"""The derivative of the hyperbolic cosine has the minus of the cosine's."""

import numpy as np

SOURCE = "https://github.com/casadi/casadi/issues/2585"
THREAD = "casadi/casadi #2585"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"\partial \cosh z / \partial z = -\sinh z"
RIGHT = r"\partial \cosh z / \partial z = \sinh z"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # a linear function under a hyperbolic cosine
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return 0.6 * rng.standard_normal(3)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 1 + rng.random(SAMPLES)


class OP_SINH:
    @staticmethod
    def fcn(x):
        return np.sinh(x)

    @staticmethod
    def der(x, f):
        return np.cosh(x)


class OP_COSH:
    @staticmethod
    def fcn(x):
        return np.cosh(x)

    @staticmethod
    def der(x, f):
        return -np.sinh(x)


class OP_COSH_later(OP_COSH):
    @staticmethod
    def der(x, f):
        return np.sinh(x)


def cost(w, X, Y):
    return 0.5 * np.sum((OP_COSH.fcn(X @ w) - Y) ** 2)


def gradient(w, X, Y, op):
    x = X @ w
    f = op.fcn(x)
    return X.T @ ((f - Y) * op.der(x, f))


def grad(w, X, Y):
    return gradient(w, X, Y, OP_COSH)


def repaired(w, X, Y):
    return gradient(w, X, Y, OP_COSH_later)
