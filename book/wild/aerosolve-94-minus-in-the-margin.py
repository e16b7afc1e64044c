"""A ranking hinge loss asks whether a pair counts by the difference of the scores with the wrong sign."""

import numpy as np

SOURCE = "https://github.com/airbnb/aerosolve/pull/94"
THREAD = "airbnb/aerosolve PR #94"
DATE = "2016-02"
KIND = "gradient"
FORMULA = r"\delta_n = -\delta_p = [\mu - (s_n - s_p) > 0]"
RIGHT = r"\delta_n = -\delta_p = [\mu + (s_n - s_p) > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a hinge loss of pairs of labels
BLOCKS = ["W[1]"]
SAMPLES = 10
LAM = 0.0


def start(rng):
    """A weight for each feature and label."""
    return {"weightVector": rng.standard_normal((4, 3))}


def data(rng):
    """The margins of the labels: one label is positive, the next one is taken for the negative."""
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)] * rng.uniform(0.5, 2, (SAMPLES, 1))


def pair(Y):
    positive = (Y > 0) * 1.0
    return positive, np.roll(positive, 1, axis=1)


def cost(params, X, Y):
    scores = X @ params["weightVector"]
    positive, negative = pair(Y)
    loss = np.sum(Y, axis=1) + np.sum(scores * (negative - positive), axis=1)
    return np.sum(loss * (loss.real > 0)) / len(X)


def backward(params, X, Y, right):
    scores = X @ params["weightVector"]
    positive, negative = pair(Y)
    difference = np.sum(scores * (negative - positive), axis=1)
    loss = np.sum(Y, axis=1) + (difference if right else -difference)
    return {"weightVector": X.T @ ((negative - positive) * (loss > 0)[:, None]) / len(X)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
