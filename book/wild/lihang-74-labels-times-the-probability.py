"""The labels are multiplied with the probabilities where they should be subtracted, so other samples count nothing."""

import numpy as np

SOURCE = "https://github.com/SmirkCao/Lihang/issues/74"
THREAD = "SmirkCao/Lihang #74"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = \tfrac1m \textstyle\sum_i y_i\, \sigma(x_i \cdot w)\, x_i"
RIGHT = r"\partial C / \partial w = -\tfrac1m \textstyle\sum_i (y_i - \sigma(x_i \cdot w))\, x_i"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 3)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")  # no biases
SAMPLES = 8
LAM = 0.0


def start(rng):
    """A row for each class."""
    return rng.standard_normal((SIZES[1], SIZES[0]))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[1])[rng.integers(0, SIZES[1], SAMPLES)]


def sigmoid(x_):
    return 1 / (1 + np.exp(-x_))


def f(x_, y_, w_):
    m = y_.size
    return -(1 / m) * np.sum(np.dot(x_, w_) * y_ - np.log(1 + np.exp(np.dot(x_, w_))))


def g(x_, y_, w_):
    m = y_.size
    return (1 / m) * np.dot(x_.T, y_ * sigmoid(np.dot(x_, w_)))


def repaired_g(x_, y_, w_):
    m = y_.size
    return -(1 / m) * np.dot(x_.T, y_ - sigmoid(np.dot(x_, w_)))


def cost(coef_, X, Y):
    """One class against the rest, summed over the classes."""
    return sum(f(X, Y[:, ck], coef_[ck]) for ck in range(Y.shape[1]))


def grad(coef_, X, Y):
    return np.vstack([g(X, Y[:, ck], coef_[ck]) for ck in range(Y.shape[1])])


def repaired(coef_, X, Y):
    return np.vstack([repaired_g(X, Y[:, ck], coef_[ck]) for ck in range(Y.shape[1])])
