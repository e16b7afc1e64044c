"""In coordinate descent the slope of half a squared penalty has a two."""

import numpy as np

SOURCE = "https://github.com/scikit-learn-contrib/polylearn/commit/e0d79c2"
THREAD = "scikit-learn-contrib/polylearn e0d79c2"
DATE = "2016-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_j = \sum_i (\hat y_i - y_i)\, x_{ij} + 2 \alpha w_j"
RIGHT = (
    r"\partial C / \partial w_j = \sum_i (\hat y_i - y_i)\, x_{ij} + \alpha w_j,\; "
    r"C = \tfrac12 \sum_i (\hat y_i - y_i)^2 + \tfrac12 \alpha \lVert w \rVert^2"
)
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
ALPHA = 0.7
NET = None  # the linear term of a factorisation machine
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    X = rng.standard_normal((SAMPLES, 4)) * (rng.random((SAMPLES, 4)) < 0.7)
    return X, rng.standard_normal(SAMPLES)


class Squared:
    def loss(self, p, y):
        return 0.5 * (p - y) ** 2

    def dloss(self, p, y):
        return p - y


def cost(w, X, Y):
    return np.sum(Squared().loss(X @ w, Y)) + 0.5 * ALPHA * np.sum(w**2)


def _cd_linear_epoch(w, X, y, loss, alpha):
    """Each coordinate's slope; all of them are taken at one place, and not divided by a bound of the curvature."""
    y_pred = X @ w
    updates = np.zeros_like(w)
    for j in range(X.shape[1]):
        indices = np.flatnonzero(X[:, j])
        update = 0.0
        for i in indices:
            update += loss.dloss(y_pred[i], y[i]) * X[i, j]
        update += 2 * alpha * w[j]
        updates[j] = update
    return updates


def _cd_linear_epoch_repaired(w, X, y, loss, alpha):
    y_pred = X @ w
    updates = np.zeros_like(w)
    for j in range(X.shape[1]):
        indices = np.flatnonzero(X[:, j])
        update = 0.0
        for i in indices:
            update += loss.dloss(y_pred[i], y[i]) * X[i, j]
        update += alpha * w[j]
        updates[j] = update
    return updates


def grad(w, X, Y):
    return _cd_linear_epoch(w, X, Y, Squared(), ALPHA)


def repaired(w, X, Y):
    return _cd_linear_epoch_repaired(w, X, Y, Squared(), ALPHA)
