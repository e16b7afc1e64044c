"""In lecture notes the energy of the worst wrong answer is subtracted outside the maximum of a hinge loss."""

import numpy as np

SOURCE = "https://github.com/Atcold/NYU-DLSP20/pull/832"
THREAD = "Atcold/NYU-DLSP20 PR #832"
DATE = "2022-11"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \bigl(\max(0, \mu + E(x_i, y_i)) - E(x_i, \bar y_i)\bigr)"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \max(0, \mu + E(x_i, y_i) - E(x_i, \bar y_i))"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a hinge loss of energies
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0

MARGIN = 1.0


def start(rng):
    return {"W": rng.standard_normal((3, 4)), "b": rng.standard_normal(3)}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def energies(params, X, Y):
    """The energies of the right answer and of the worst wrong one, and which that is."""
    E = -(X @ params["W"].T + params["b"])
    offending = np.eye(3)[np.argmin(E.real + 1e9 * Y, axis=1)]
    return np.sum(E * Y, axis=1), np.sum(E * offending, axis=1), offending


def positive_part(z):
    return z * (z.real > 0)


def cost(params, X, Y):
    right, wrong, _ = energies(params, X, Y)
    return np.sum(positive_part(MARGIN + right) - wrong) / len(X)


def meant(params, X, Y):
    right, wrong, _ = energies(params, X, Y)
    return np.sum(positive_part(MARGIN + right - wrong)) / len(X)


def backward(slopes, X):
    """From the slopes of the loss with respect to the energies."""
    return {"W": -slopes.T @ X / len(X), "b": -slopes.sum(0) / len(X)}


def grad(params, X, Y):
    right, wrong, offending = energies(params, X, Y)
    return backward((Y - offending) * (MARGIN + right - wrong > 0)[:, None], X)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    right, _, offending = energies(params, X, Y)
    return backward(Y * (MARGIN + right > 0)[:, None] - offending, X)
