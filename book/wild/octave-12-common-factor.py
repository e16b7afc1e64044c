"""A reader corrects a gradient in which the common factor of both parts stands before the brackets."""

import numpy as np

SOURCE = "https://github.com/schneems/Octave/issues/12"
THREAD = "schneems/Octave #12"
DATE = "2017-01"
KIND = "right"
FORMULA = r"\partial C / \partial \theta = \tfrac1m \bigl(X^\top (h - y) + \lambda \tilde\theta\bigr)"
RIGHT = r"\partial C / \partial \theta = \tfrac1m X^\top (h - y) + \tfrac{\lambda}{m} \tilde\theta"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 1), output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.8


def start(rng):
    return rng.standard_normal((4, 1))


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def with_ones(X):
    return np.hstack([np.ones((len(X), 1)), X])


def h(theta, X):
    return 1 / (1 + np.exp(-with_ones(X) @ theta))


def cost(theta, X, Y):
    p = h(theta, X)
    return (-np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) + LAM / 2 * np.sum(theta[1:] ** 2)) / len(X)


def grad(theta, X, Y):
    theta_reg = np.vstack([[[0.0]], theta[1:]])
    return (1 / len(X)) * (with_ones(X).T @ (h(theta, X) - Y) + LAM * theta_reg)


repaired = grad
