"""A reader corrects numbers of a course's circuit that were rounded later than his own."""

import numpy as np

SOURCE = "https://github.com/cs231n/cs231n.github.io/pull/105"
THREAD = "cs231n/cs231n.github.io PR #105"
DATE = "2016-07"
KIND = "right"
FORMULA = r"\partial f / \partial w = (1 - f)\, f\, x"
RIGHT = r"\partial f / \partial w = \sigma'(w \cdot x)\, x,\; f = \sigma(w \cdot x)"
READ = "discussion"
LAYER = []
NAMES = []
NET = None  # the output is the cost
BLOCKS = ["W[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    return rng.standard_normal(3)


def data(rng):
    """One sample, whose last input is one, and no label."""
    return np.append(rng.standard_normal(2), 1.0), None


def cost(w, x, _):
    return 1 / (1 + np.exp(-(w @ x)))


def grad(w, x, _):
    f = cost(w, x, _)
    ddot = (1 - f) * f
    return np.array([x[0] * ddot, x[1] * ddot, 1.0 * ddot])


repaired = grad
