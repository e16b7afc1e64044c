"""A linear regression takes the mean of the squared errors for its loss, and the gradient is that of half of it."""

import numpy as np

SOURCE = "https://github.com/probml/pmtk3/commit/b53da15d"
THREAD = "probml/pmtk3 b53da15d, 7b29e99b"
DATE = "2016-03"
KIND = "cost"
FORMULA = r"C = \tfrac1N \textstyle\sum_n (y_n - x_n \cdot w)^2"
RIGHT = r"C = \tfrac12\, \tfrac1N \textstyle\sum_n (y_n - x_n \cdot w)^2"
READ = "code"
LAYER = [1]
NAMES = [{"two-missing"}, {"factor"}, {"another-cost"}]
NET = None  # one vector of parameters, the bias is the first of them
BLOCKS = ["params[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    """The inputs without their column of ones."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


def squared_loss(y_pred, y, right=False):
    """y is N*1, y_pred is N*1. Returns scalar"""
    N = y.shape[0]
    if right:
        return 0.5 * sum(np.square(y - y_pred)) / N
    return sum(np.square(y - y_pred)) / N


class LinregModel:
    """Linear regression class.
    In the functions below, we assume X is N*D, and params is D*1"""

    @staticmethod
    def prediction(params, X):
        yhat = np.dot(X, params)
        return yhat

    @staticmethod
    def objective(params, X, y, right=False):
        return squared_loss(LinregModel.prediction(params, X), y, right)

    @staticmethod
    def gradient(params, X, y):
        # gradient of objective = (1/N) sum_n x(n,:)*yerr(n)   // row vector
        y_pred = LinregModel.prediction(params, X)
        N = y.shape[0]
        yerr = np.reshape((y_pred - y), (N, 1))
        gradient = np.sum(X * yerr, 0) / N  # broadcast yerr along columns
        return gradient


def with_ones(xtrain):
    return np.c_[np.ones(len(xtrain)), xtrain]


def cost(params, X, Y):
    return LinregModel.objective(params, with_ones(X), Y)


def meant(params, X, Y):
    return LinregModel.objective(params, with_ones(X), Y, right=True)


def grad(params, X, Y):
    return LinregModel.gradient(params, with_ones(X), Y)


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    return 2 * LinregModel.gradient(params, with_ones(X), Y)
