"""A kernel regression multiplies two errors where one factor is how far a prediction is from a neighbour's target."""

import numpy as np

SOURCE = "https://github.com/scikit-learn-contrib/metric-learn/pull/111"
THREAD = "scikit-learn-contrib/metric-learn PR #111"
DATE = "2018-08"
KIND = "gradient"
FORMULA = (
    r"W_{ij} = 2 k_{ij}\, (\hat y_i - y_i)(\hat y_j - y_j) / s_j,\; "
    r"\partial C / \partial A = 2 A\, \textstyle\sum W_{ij}\, d_{ij} d_{ij}^\top"
)
RIGHT = r"W_{ij} = 2 k_{ij}\, (\hat y_i - y_i)(\hat y_i - y_j) / s_i,\; s_i = \textstyle\sum_j k_{ij}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
INPUTS, DIMENSIONS = 3, 2
NET = None  # a metric for a kernel regression
BLOCKS = ["A[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.standard_normal((DIMENSIONS, INPUTS)) / 2


def data(rng):
    X = rng.standard_normal((SAMPLES, INPUTS))
    return X, X[:, :1] + np.sin(2 * X[:, 1:2]) + 0.1 * rng.standard_normal((SAMPLES, 1))


def regression(A, X, Y):
    """Each target is predicted from all the others."""
    y = Y[:, 0]
    dX = (X[:, None] - X[None]).reshape(-1, X.shape[1])
    K = np.exp(-np.sum((dX @ A.T) ** 2, axis=1)).reshape(len(X), len(X))
    K = K * (1 - np.eye(len(X)))
    denom = K.sum(axis=0)
    yhat = K @ y / denom
    return y, dX, K, denom, yhat


def cost(A, X, Y):
    y, _, _, _, yhat = regression(A, X, Y)
    return np.sum((yhat - y) ** 2)


def loss_gradient(A, X, Y, right):
    y, dX, K, denom, yhat = regression(A, X, Y)
    ydiff = yhat - y
    if right:
        W = 2 * K * ((ydiff / denom)[:, None] * (yhat[:, None] - y))
    else:
        np.fill_diagonal(K, 1)
        W = 2 * K * (np.outer(ydiff, ydiff) / denom)
    M = (dX.T * W.ravel()) @ dX
    return 2 * A @ M


def grad(A, X, Y):
    return loss_gradient(A, X, Y, right=False)


def repaired(A, X, Y):
    return loss_gradient(A, X, Y, right=True)
